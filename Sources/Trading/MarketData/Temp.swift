public import TradingModel
public protocol BarSource { var count: Int {get}; subscript(_ i: Int) -> Bar {get} }
public protocol Feed { mutating func next() throws -> MarketEvent? }
extension Array: BarSource where Element == Bar {}
