public import TradingModel
public protocol BarSource: Sendable { var count: Int {get}; subscript(_ i: Int) -> Bar {get} }
public protocol Feed { mutating func next() throws -> MarketEvent? }
