import Configuration
import Testing

@Suite struct ValueKindTests {
    private enum Colour: String, CaseIterable { case red, green, darkBlue = "dark_blue" }

    private func problem<Value>(_ kind: ValueKind<Value>, _ text: String) -> String? {
        do throws(ValueProblem) {
            _ = try kind.read(text)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func `reads numbers as people write them`() throws {
        #expect(try ValueKind.number().read("1_000_000.5") == 1_000_000.5)
        #expect(try ValueKind.number().read("1e3") == 1000)
        #expect(try ValueKind.integer().read("-12") == -12)
        #expect(try ValueKind.integer().read("0x10") == 16)
    }

    @Test func `says what is wrong with a number and what is allowed`() {
        #expect(problem(.number(.above(0)), "abc") == "'abc' is no number; allowed: a number, more than 0")
        #expect(problem(.number(.from(1, upTo: 5)), "6") == "'6' is out of range; allowed: a number, from 1 to 5")
        #expect(problem(.number(), ".nan") == "'.nan' is out of range; allowed: a number")
        #expect(problem(.number(), "1__0") == "'1__0' is no number; allowed: a number")
        #expect(
            problem(.fraction(), "10") == "'10' is out of range; allowed: a number, more than 0 up to 1 (0.1 is 10 %)")
        #expect(problem(.integer(1...5), "1.5") == "'1.5' is no whole number; allowed: a whole number from 1 to 5")
        #expect(problem(.integer(1...Int.max), "0") == "'0' is out of range; allowed: a whole number, 1 or more")
    }

    @Test func `offers the nearest of the allowed words`() throws {
        #expect(
            problem(.oneOf(Colour.self), "gren")
                == "'gren' is not known, did you mean 'green'?; allowed: red, green, dark_blue")
        #expect(
            problem(.oneOf(Colour.self), "x\u{1B}[2J") == "'x\\u{1b}[2J' is not known; allowed: red, green, dark_blue")
        #expect(try ValueKind.oneOf(Colour.self).read("RED") == .red)
    }

    @Test func `reads lists`() throws {
        #expect(try ValueKind.list(of: .integer(0...9)).read("1, 2,3") == [1, 2, 3])
        #expect(
            problem(.list(of: .integer(0...9)), "1,,3") == "'' is no whole number; allowed: a whole number from 0 to 9")
    }

    @Test(arguments: [
        ("5m", Duration.seconds(300)), ("1h30m", .seconds(5400)), ("250ms", .milliseconds(250)),
        ("1.5s", .milliseconds(1500)),
        ("2d", .seconds(172_800)), ("1w", .seconds(604_800)), ("10us", .microseconds(10)), ("7ns", .nanoseconds(7)),
        ("0s", .zero),
    ]) func `reads and writes spans of time`(text: String, expected: Duration) throws {
        let value = try #require(Duration(text: text))
        #expect(value == expected)
        #expect(Duration(text: value.text) == value)
    }

    @Test(arguments: ["", "5", "m", "5x", "-5m", "5m ", "5.m", ".5m", "1e3s", "99999999999w", "5m5", "٣m", "1..5s"])
    func `refuses what is no span of time`(text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test func `a bare number counts in the unit named`() throws {
        #expect(try ValueKind.duration(unit: "ms").read("100") == .milliseconds(100))
        #expect(try ValueKind.duration(unit: "s").read("1.5") == .milliseconds(1500))
        #expect(problem(.duration(), "5")?.hasPrefix("'5' has no unit; allowed: a span of time such as 5m") == true)
    }

    @Test func `a secret never shows`() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        #expect("\(secret) \(String(reflecting: secret)) \(dumped)".contains("hunter2") == false)
        #expect(secret.description == "•••")
        #expect(secret.reveal() == "hunter2")
    }

    @Test(arguments: [
        ("bactest", "backtest"), ("sybmols", "symbols"), ("cpital", "capital"), ("run", "run"), ("sym", "symbols"),
        ("max-position-size", "max_position_size"),
    ]) func `finds the nearest spelling`(word: String, meant: String) {
        let candidates = ["backtest", "symbols", "capital", "run", "max_position_size", "status"]
        #expect(Spelling.nearest(to: word, among: candidates) == meant)
    }

    @Test func `offers nothing for what is far from everything`() {
        #expect(Spelling.nearest(to: "xyzzy", among: ["backtest", "run"]) == nil)
        #expect(Spelling.nearest(to: "", among: ["run"]) == nil)
        #expect(Spelling.nearest(to: String(repeating: "x", count: 100_000), among: ["run"]) == nil)
    }

    @Test func `distance counts swaps as one`() {
        #expect(Spelling.distance("abcd", "abdc") == 1)
        #expect(Spelling.distance("", "abc") == 3)
        #expect(Spelling.distance("kitten", "sitting") == 3)
    }
}
