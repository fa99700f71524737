import Determinism
import Testing
import TradingModel

@Suite struct FixedPointTests {
    @Test(arguments: [
        ("0", 0), ("1", 100_000_000), ("-12.5", -1_250_000_000), ("0.00000001", 1), ("92233720368.54775807", Int64.max),
        ("-92233720368.54775808", Int64.min),
    ]) func `decimal text and raw units agree`(text: String, raw: Int64) {
        #expect(Price(text)?.raw == raw)
        #expect(Price(raw: raw).description == text)
    }

    @Test(arguments: ["", "-", ".", "1e5", "1,000", " 1", "1.", "0.000000001", "92233720368.54775808", "--1", "1-"])
    func `refuses what is no plain decimal`(text: String) {
        // "1." is what several exporters write for whole numbers.
        #expect(Price(text) == (text == "1." ? 1 : nil))
    }

    @Test func `overflow is an error and never wraps`() {
        let most = Money(raw: .max)
        #expect(throws: Overflow.self) { try most + Money(raw: 1) }
        #expect(throws: Overflow.self) { try Money(raw: .min) - Money(raw: 1) }
        #expect(throws: Overflow.self) { try Price(raw: .max) * 2 }
        #expect(throws: Overflow.self) { try Price(raw: .max) * Quantity(raw: 150_000_000) }
    }

    @Test func `products round halves away from zero`() throws {
        #expect(try Price(raw: 1) * Quantity(raw: 50_000_000) == Money(raw: 1))
        #expect(try Price(raw: 1) * Quantity(raw: -50_000_000) == Money(raw: -1))
        #expect(try Price(raw: 1) * Quantity(raw: 49_999_999) == Money(raw: 0))
    }

    @Test func `random products equal 128-bit arithmetic and quantities come back from amounts`() throws {
        var random = SeededRandom(seed: 1)
        for _ in 0..<20_000 {
            let price = Price(raw: Int64(random.next() % 1_000_000_000_000) + 1)
            let quantity = Quantity(raw: Int64(random.next() % 100_000_000_000))
            let product = try price * quantity
            let exact = Int128(price.raw) * Int128(quantity.raw)
            #expect((exact - Int128(product.raw) * 100_000_000).magnitude <= 50_000_000)
            let units = try product.quantity(at: price)
            #expect(try (price * units).raw <= product.raw + 1)
        }
    }

    @Test func `binary numbers that do not fit are refused`() {
        #expect(Money(nearest: .nan) == nil)
        #expect(Money(nearest: .infinity) == nil)
        #expect(Money(nearest: 1e12) == nil)
        #expect(Money(nearest: 0.1) == Money(raw: 10_000_000))
    }

    @Test func `rounds down to lots`() {
        #expect(Quantity(raw: 250_000_000).roundedDown(toMultipleOf: 1) == 2)
        #expect(Quantity(raw: -250_000_000).roundedDown(toMultipleOf: 1) == -3)
    }
}
