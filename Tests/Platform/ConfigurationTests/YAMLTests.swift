import Configuration
import Testing

@Suite struct YAMLTests {
    private func parse(_ text: String) throws(YAMLError) -> YAMLNode {
        try YAMLDocument.parse(text.utf8)
    }

    @Test func `keeps keys, values and their places in order`() throws {
        let root = try parse("a: 1\nb:\n  - x\n  - {c: \"two\"}\n")
        #expect(root.entries?.map(\.key) == ["a", "b"])
        #expect(root["a"]?.content == .scalar(raw: "1", .integer(1)))
        let second = try #require(root["b"]?.items?.last)
        #expect(second.position == SourcePosition(line: 4, column: 5))
        #expect(second["c"]?.content == .scalar(raw: "two", .text("two")))
        #expect(second.entries?.first?.keyPosition == SourcePosition(line: 4, column: 6))
    }

    @Test(arguments: [
        ("no", ScalarValue.text("no")), ("on", .text("on")), ("09:30", .text("09:30")), ("1e3", .number(1000)),
        (".5", .number(0.5)), ("5.", .number(5)), ("-0", .integer(0)), ("+7", .integer(7)), ("0x1F", .integer(31)),
        ("0o17", .integer(15)), ("0x-1", .text("0x-1")), ("1_000", .text("1_000")), ("~", .null), ("", .null),
        ("Null", .null), ("TRUE", .bool(true)), ("tRue", .text("tRue")), ("-.INF", .number(-.infinity)),
        ("2014-01-02", .text("2014-01-02")), (".", .text(".")), ("-", .text("-")), ("1e", .text("1e")),
        ("99999999999999999999", .number(1e20)), ("infinity", .text("infinity")), ("nan", .text("nan")),
    ]) func `types plain values by the core rules of YAML`(text: String, expected: ScalarValue) {
        #expect(ScalarValue(plain: text) == expected)
    }

    @Test func `reads JSON`() throws {
        let root = try parse(#"{"a": {"b": [1, 2.5, "x", true, null]}}"#)
        let items = try #require(root["a"]?["b"]?.items)
        let values = items.map(\.content)
        #expect(values[0] == .scalar(raw: "1", .integer(1)))
        #expect(values[2] == .scalar(raw: "x", .text("x")))
        #expect(items[4].isNull)
    }

    @Test func `an empty text is an empty section`() throws {
        #expect(try parse("").entries == [])
        #expect(try parse("# only a comment\n").entries == [])
    }

    @Test func `follows aliases`() throws {
        let root = try parse("base: &b {x: 1}\nother: *b\n")
        #expect(root["other"]?["x"]?.raw == "1")
        #expect(root["other"]?.position == SourcePosition(line: 2, column: 8))
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", "3:1: the key 'a' stands already in line 1; allowed: once"),
        ("a: *x\n", "1:4: the alias '*x' has no anchor '&x' that ends before it"),
        ("a: &x [*x]\n", "1:8: the alias '*x' has no anchor '&x' that ends before it"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document starts here; allowed: one per file"),
        ("? [a]\n: 1\n", "1:3: a key must be a single word or text"),
        (
            "a: !!python/object:os.system x\n",
            "1:4: the tag 'tag:yaml.org,2002:python/object:os.system' does not fit what follows it"
        ),
        ("a: !!int x\n", "1:4: the tag 'tag:yaml.org,2002:int' does not fit what follows it"),
        ("a: [1, 2\nb: 3\n", "2:2: did not find expected ',' or ']' (while parsing a flow sequence in line 1)"),
        ("a:\n\t- 1\n", "2:1: found character that cannot start any token (while scanning for the next token)"),
        ("a: \u{1}\n", "1:4: control characters are not allowed"),
    ]) func `says where and why a text is refused`(text: String, message: String) {
        #expect(throws: YAMLError.self) { try parse(text) }
        do throws(YAMLError) { _ = try parse(text) } catch { #expect(error.description == message) }
    }

    @Test func `names every duplicate key`() {
        do throws(YAMLError) {
            _ = try parse("a: {x: 1, x: 2}\na: 1\n")
            Issue.record("accepted")
        } catch {
            #expect(error.problems.map(\.position.line) == [1, 2])
        }
    }

    @Test func `refuses a bomb of aliases at once`() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1..<30 {
            let references = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
            text += "a\(level): &a\(level) [\(references)]\n"
        }
        do throws(YAMLError) {
            _ = try parse(text)
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains("more than 200000 values once aliases are followed"))
        }
    }

    @Test func `refuses what nests too deep, aliases followed`() {
        func refused(_ text: String) -> Bool {
            do throws(YAMLError) { _ = try parse(text) } catch { return error.description.contains("64 levels") }
            return false
        }
        #expect(refused(String(repeating: "[", count: 100_000)))
        #expect(!refused(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)))
        let nest = String(repeating: "[", count: 40) + "1" + String(repeating: "]", count: 40)
        let around = String(repeating: "[", count: 40) + "*n" + String(repeating: "]", count: 40)
        #expect(refused("a: &n \(nest)\nb: \(around)\n"))
    }

    @Test func `refuses a text over a megabyte`() {
        let text = String(repeating: "# comment\n", count: 120_000)
        #expect(throws: YAMLError.self) { try parse(text) }
    }

    @Test(arguments: [
        "plain", "no", "true", "1", "1.5", "null", "", " x", "x ", "a: b", "a #b", "#x", "- x", "[x", "x, y", "it's",
        "say \"hi\"", "line\nbreak", "tab\t", "back\\slash", "\u{1B}[31m", "*x", "&x", "!x", "%x", "@x", "`x", "x:",
        "09:30", "naïve ✓", "\u{85}", "\u{2028}", "?", "-", "\u{FEFF}x", "---", "...",
    ]) func `writes text that is read back as it was`(text: String) throws {
        let root = try parse("a: \(text.asYAML)\nb: [\(text.asYAML), 1]\n")
        #expect(root["a"]?.content == .scalar(raw: text, .text(text)))
        #expect(root["b"]?.items?.first?.raw == text)
    }
}

@Suite("Several documents in one text") struct YAMLDocumentsTests {
    @Test func `are read one after the other with repeated keys beside them`() throws {
        let (documents, repeated) = try YAMLDocument.parseAll("a: 1\na: 2\n---\n- b\n---\n".utf8)
        #expect(documents.count == 3)
        #expect(documents[0]["a"]?.raw == "1")
        #expect(documents[1].items?.map(\.raw) == ["b"])
        #expect(documents[2].isNull)
        #expect(repeated.map(\.position) == [SourcePosition(line: 2, column: 1)])
        #expect(try YAMLDocument.parseAll("# nothing".utf8).documents == [])
    }

    @Test func `share their limits and not their anchors`() {
        var limits = YAMLLimits()
        limits.values = 3
        #expect(throws: YAMLError.self) { try YAMLDocument.parseAll("1\n---\n2\n---\n3\n---\n4".utf8, limits: limits) }
        #expect(throws: YAMLError.self) { try YAMLDocument.parseAll("&a x\n---\n*a".utf8) }
    }
}
