import Testing

@testable import CLI

@Suite struct WordsTests {
    @Test(
        arguments: [
            (nil, "at full speed"), (691_200, "8 days a second"), (2_000_000, "23.1 days a second"),
            (7200, "2 hours a second"), (90, "1.5 minutes a second"), (1, "real time"), (2.5, "2.5 times real time"),
        ] as [(Double?, String)]) func `says how fast the market's time passes`(speed: Double?, text: String)
    {
        #expect(PaceText.of(speed) == text)
    }

    @Test(
        arguments: [(nil, "-"), (489.2345, "489.23"), (9.87654, "9.8765"), (0.00001234, "0.00001234")]
            as [(Double?, String)])
    func `prices have the decimals they need`(price: Double?, text: String) {
        #expect(PriceText.of(price) == text)
    }

    @Test func `numbers in sentences are rounded and nothing else is touched`() {
        #expect(
            WordedNumbers.rounded("orders in 60 seconds: 198225.5612, at most 99471.188 of AAPL.B")
                == "orders in 60 seconds: 198,225.56, at most 99,471.19 of AAPL.B")
        #expect(WordedNumbers.percent("0.15 to 0.25") == "15 % to 25 %")
    }

    @Test func `the least important part of a line goes first`() {
        var line = Segments(.plain)
        line.add("must", rank: 0)
        line.add("first to go", rank: 2)
        line.add("second", rank: 1)
        #expect(line.line(width: 30) == "must  first to go  second")
        #expect(line.line(width: 20) == "must  second")
        #expect(line.line(width: 5) == "must")
        #expect(line.line(width: 2) == "mu")
    }
}
