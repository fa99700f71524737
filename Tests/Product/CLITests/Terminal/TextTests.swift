import Configuration
import Determinism
import Testing

@testable import CLI

@Suite struct TextTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("naïve", 5), ("日本語", 6), ("e\u{301}", 1), ("🚀", 2), ("👩‍👩‍👧", 2), ("한글", 4), ("ｆ", 2),
        ("▁█", 2),
        ("⠿", 1), ("€", 1), ("✓", 1), ("❤️", 2), ("\u{200B}", 0),
    ]) func `counts the columns of text`(text: String, width: Int) {
        #expect(TextWidth.of(text) == width)
    }

    @Test func `cuts text to a width and shows that it did`() {
        #expect(TextWidth.truncated("headline", to: 5) == "head…")
        #expect(TextWidth.truncated("headline", to: 8) == "headline")
        #expect(TextWidth.truncated("日本語", to: 4) == "日…")
        #expect(TextWidth.truncated("abc", to: 0) == "")
        #expect(TextWidth.truncated("abc", to: 1) == "…")
    }

    @Test func `never exceeds a width, whatever the text`() {
        let parts = ["a", "日", "e\u{301}", "🚀", " ", "\u{1B}[31m", "\u{1B}[2J", "\n", "\u{200F}", "\u{9B}", "ß"]
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...20, using: &random)
            let text = (0..<count).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined()
            let width = Int.random(in: 0...12, using: &random)
            #expect(TextWidth.of(TextWidth.truncated(text.escapingControls, to: width)) <= width)
            #expect(StyledLine.width(StyledLine.fitted(text, to: width)) <= width)
            #expect(!StyledLine.fitted(text, to: width).contains("\u{1B}[2J"))
        }
    }

    @Test func `data cannot move the cursor or change colours`() {
        #expect("a\u{1B}[31mb\u{7}\r\n\u{9B}c\u{202E}".escapingControls == "a\\u{1b}[31mb\\u{7}\\r\\n\\u{9b}c\\u{202e}")
        var table = Table([.text("News")])
        table.add(["\u{1B}[2Jcrash"])
        #expect(table.lines(width: 80).last == "\\u{1b}[2Jcrash")
    }

    @Test func `a styled line keeps its styles and closes them where it is cut`() {
        let style = Styler(isEnabled: true)
        #expect(StyledLine.fitted(style("abcdef", .red), to: 3) == "\u{1B}[31mabc\u{1B}[0m")
        #expect(StyledLine.fitted("x" + style("ab", .bold, .green) + "y", to: 10) == "x\u{1B}[1;32mab\u{1B}[0my")
        #expect(Styler.plain("abc", .red) == "abc")
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
    ]) func `sets thousands apart`(value: Int, text: String) {
        #expect(NumberText.grouped(value) == text)
    }

    @Test(arguments: [
        (1234.567, 2, false, "1,234.57"), (-0.001, 2, false, "0.00"), (0.5, 0, true, "+1"),
        (-1234.5, 1, true, "-1,234.5"),
        (0.005, 3, false, "0.005"), (999.995, 2, false, "1,000.00"), (Double.nan, 2, false, "-"),
        (1e20, 2, false, "1e+20"),
        (0.07, 2, false, "0.07"),
    ]) func `writes decimals`(value: Double, decimals: Int, signed: Bool, text: String) {
        #expect(NumberText.decimal(value, decimals: decimals, signed: signed) == text)
    }

    @Test func `writes percent, sizes and spans`() {
        #expect(NumberText.percent(0.01255, decimals: 1, signed: true) == "+1.3 %")
        #expect(NumberText.percent(nil) == "-")
        #expect(NumberText.compact(999.9) == "1.00k")
        #expect(NumberText.compact(12_345) == "12.3k")
        #expect(NumberText.compact(1_160_000) == "1.16M")
        #expect(NumberText.compact(7) == "7")
        #expect(NumberText.span(.seconds(3840)) == "1h 04m")
        #expect(NumberText.span(.milliseconds(2500)) == "2.5s")
        #expect(NumberText.span(.seconds(90_000)) == "1d 01h")
    }

    @Test func `a table aligns numbers right and gives up words before numbers`() {
        var table = Table([.text("Name"), .number("Price"), .text("Reason")])
        table.add(["AAPL", "187.25", "momentum above its average"])
        table.add(["日本", "1.5", "short"])
        table.add(["X"])
        #expect(
            table.lines(width: 80) == [
                "Name   Price  Reason", "AAPL  187.25  momentum above its average", "日本     1.5  short",
                "X             ",
            ])
        #expect(
            table.lines(width: 24) == [
                "Name   Price  Reason", "AAPL  187.25  momentum …", "日本     1.5  short", "X             ",
            ])
        for width in 0...40 {
            #expect(table.lines(width: width).allSatisfy { TextWidth.of($0) <= width })
        }
    }

    @Test(arguments: [
        (JSONValue.number(1), "1"), (.number(0.1), "0.1"), (.number(.nan), "null"), (.number(1e300), "1e+300"),
        (.number(-0.0), "0"),
        (.integer(Int.max), "9223372036854775807"),
        (.object(["b": 1, "a": [true, nil]]), #"{"a":[true,null],"b":1}"#),
        (.text("\"\\\n\u{1B}\u{2028}é"), #""\"\\\n\u001b\u2028é""#), (.object([:]), "{}"),
    ]) func `writes JSON in one way only`(value: JSONValue, text: String) {
        #expect(value.line == text)
    }

    @Test func `lines of JSON are complete and end when nobody reads`() throws {
        struct Row: Encodable { let b = 0.1; let a = "x/y" }
        let sink = MemorySink(closesAfter: 2)
        let lines = JSONLines(sink)
        try lines.write(["n": 1])
        try lines.write(Row())
        #expect(sink.text == "{\"n\":1}\n{\"a\":\"x/y\",\"b\":0.1}\n")
        #expect(throws: OutputClosed.self) { try lines.write(["n": 2]) }
    }
}
