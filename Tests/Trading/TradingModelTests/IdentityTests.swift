import Foundation
import Testing
import TradingModel

@Suite struct IdentityTests {
    @Test func `an order id survives its text`() {
        let id = OrderID(desk: 42, step: 118, ordinal: 1)
        #expect(id.description == "bw-0000002a-118-1")
        #expect(OrderID(id.description) == id)
    }

    @Test(arguments: ["", "bw-2a-118-1", "bw-0000002a-118", "xx-0000002a-118-1", "bw-0000002a-0118-1"])
    func `other text is no order id`(text: String) {
        #expect(OrderID(text) == nil)
    }

    @Test func `a universe is ordered by symbol and finds by symbol`() throws {
        let symbols = ["MSFT", "AAPL", "BTC/USDT", "AAPL"].compactMap(Symbol.init)
        let universe = Universe(symbols.map { Instrument($0, .equity) })
        #expect(universe.instruments.map(\.symbol.name) == ["AAPL", "BTC/USDT", "MSFT"])
        for id in universe.ids { #expect(universe.id(of: universe.symbol(id)) == id) }
        #expect(universe.id(of: try #require(Symbol("ZZZ"))) == nil)
    }

    @Test func `symbols with blanks or control characters are refused`() {
        #expect(Symbol("") == nil)
        #expect(Symbol("A B") == nil)
        #expect(Symbol("A\n") == nil)
        #expect(Symbol("BRK-A") != nil)
    }

    @Test(arguments: [("1m", 60), ("5m", 300), ("4h", 14_400), ("1d", 86_400), ("1w", 604_800), ("7s", 7)])
    func `bar lengths are written as traders write them`(text: String, seconds: Int) {
        #expect(BarLength(seconds: seconds).description == text)
        #expect(BarLength(text)?.seconds == seconds)
    }
}

@Suite struct InstrumentCodingTests {
    @Test func `a coder with a universe writes symbols and reads them back`() throws {
        let universe = Universe(["AAPL", "MSFT"].compactMap(Symbol.init).map { Instrument($0, .equity) })
        let encoder = JSONEncoder()
        encoder.userInfo[.universe] = universe
        let decoder = JSONDecoder()
        decoder.userInfo[.universe] = universe
        let bytes = try encoder.encode([InstrumentID(1)])
        #expect(String(decoding: bytes, as: UTF8.self) == #"["MSFT"]"#)
        #expect(try decoder.decode([InstrumentID].self, from: bytes) == [InstrumentID(1)])
        #expect(throws: DecodingError.self) {
            try decoder.decode([InstrumentID].self, from: Data(#"["IBM"]"#.utf8))
        }
        #expect(try JSONEncoder().encode([InstrumentID(1)]) == Data("[1]".utf8))
    }
}
