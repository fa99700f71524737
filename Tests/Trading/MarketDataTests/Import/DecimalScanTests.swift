import Determinism
import Testing
import TradingModel

@testable import MarketData

@Suite struct DecimalScanTests {
    private func scan<Result>(_ text: String, _ body: (Cell) -> Result) -> Result? {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { body(Cell(start: $0, count: buffer.count)) }
        }
    }

    @Test func `reads whatever a price reads and gives the same answer`() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<20_000 {
            let text = randomNumber(&random)
            let scanned = try #require(scan(text) { $0.decimal() })
            if let price = Price(text) {
                #expect(scanned.raw == price.raw && scanned.status == .exact, "\(text)")
            } else {
                #expect(scanned.status != .exact, "\(text)")
            }
        }
    }

    private func randomNumber(_ random: inout SeededRandom) -> String {
        var text = ["", "", "", "-", "+"][Int(random.next() % 5)]
        for _ in 0..<(random.next() % 12) { text += String(random.next() % 10) }
        if random.next() % 3 > 0 { text += "." }
        for _ in 0..<(random.next() % 11) { text += String(random.next() % 10) }
        return text.isEmpty ? "x" : text
    }

    @Test(arguments: [
        ("27.226834999999998", 2_722_683_500), ("0.000000015", 2), ("-0.000000015", -2), ("1e2", 10_000_000_000),
        ("1.5E-3", 150_000), ("0.000000004", 0),
    ]) func `longer numbers are rounded, halves away from zero`(text: String, raw: Int64) {
        let scanned = scan(text) { $0.decimal() }
        #expect(scanned?.raw == raw)
        #expect(scanned?.status == .rounded)
    }

    @Test(arguments: ["nan", "inf", "0x10", "1,5", "--1", "1-", "1e", "e5", ".", "-", "null", "1 2"])
    func `words and broken numbers are no numbers`(text: String) {
        #expect(scan(text) { $0.decimal() }?.status == .malformed)
        #expect(scan(text) { $0.double() == nil } == true)
    }

    @Test func `binary numbers are the nearest ones`() throws {
        var random = SeededRandom(seed: 9)
        for _ in 0..<20_000 {
            let text = randomNumber(&random)
            let expected = text.contains { $0.isNumber } ? Double(text) : nil
            #expect(scan(text) { $0.double() } == expected, "\(text)")
        }
    }
}
