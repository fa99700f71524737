import Configuration
import Determinism
import Testing

@Suite("JSON texts") struct JSONTests {
    private func problem(_ text: String) -> String? {
        do throws(YAMLError) {
            return try JSONDocument.parse(text.utf8).repeatedKeys.first?.message
        } catch {
            return error.description
        }
    }

    @Test func `become trees with lines and columns`() throws {
        let root = try JSONDocument.parse("{\"é\": [1,\n  -2.5e1, true, null], \"b\": {}}".utf8).root
        let list = try #require(root["é"]?.items)
        #expect(
            list.map(\.content) == [
                .scalar(raw: "1", .integer(1)), .scalar(raw: "-2.5e1", .number(-25)), .scalar(raw: "true", .bool(true)),
                .scalar(raw: "null", .null),
            ])
        #expect(list[1].position == SourcePosition(line: 2, column: 3))
        #expect(root["é"]?.position == SourcePosition(line: 1, column: 7))
        #expect(root["b"]?.entries == [])
    }

    @Test func `know escapes and pairs of surrogates`() throws {
        let root = try JSONDocument.parse(#"["a\n\/\"\\\u00e9\ud83d\ude42"]"#.utf8).root
        #expect(root.items?.first?.raw == "a\n/\"\\é🙂")
    }

    @Test(arguments: [
        ("", "1:1: a JSON value must stand here"), ("[1,]", "1:4: a JSON value must stand here"),
        ("{\"a\" 1}", "1:6: a ':' is missing after the key"), ("{a: 1}", "1:2: a key in double quotes is missing here"),
        ("[1 2]", "1:4: a ',' or ']' is missing here"), ("{\"a\": 1 2}", "1:9: a ',' or '}' is missing here"),
        ("[01]", "1:2: a JSON value must stand here, not '01'"),
        ("[+1]", "1:2: a JSON value must stand here, not '+1'"),
        ("[1.]", "1:2: a JSON value must stand here, not '1.'"),
        ("[.5]", "1:2: a JSON value must stand here, not '.5'"),
        ("[1e999]", "1:2: a JSON value must stand here, not '1e999'"),
        ("[NaN]", "1:2: a JSON value must stand here, not 'NaN'"),
        ("[\"a", "1:2: the text that begins here has no closing quote"),
        ("[\"a\nb\"]", "1:4: a control character must be written as an escape such as \\n"),
        ("[\"\\x\"]", "1:4: this escape is unknown; allowed: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"),
        ("[\"\\u12g4\"]", "1:7: four hexadecimal digits must follow \\u"),
        ("[\"\\ud83d\"]", "1:9: half of a surrogate pair stands here alone"),
        ("[\"\\ude42\"]", "1:9: half of a surrogate pair stands here alone"),
        ("[] []", "1:4: the text should have ended here"), ("// no", "1:1: a JSON value must stand here"),
        ("{\"a\": 1, \"a\": 2}", "the key 'a' stands already in line 1; allowed: once"),
    ])
    func `that are none are refused with their place`(_ text: String, _ expected: String) {
        #expect(problem(text) == expected)
    }

    @Test func `never trap on random bytes and marks`() {
        let marks = Array("{}[]:,\"\\u0019aftrlns e+-. \n".utf8)
        var random = SeededRandom(seed: 5)
        for _ in 0..<5_000 {
            let count = Int(random.next() % 60)
            _ = try? JSONDocument.parse((0..<count).map { _ in marks[Int(random.next() % UInt64(marks.count))] })
            _ = try? JSONDocument.parse((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        }
    }

    @Test func `with bytes that are no UTF-8 are refused`() {
        #expect(throws: YAMLError.self) { try JSONDocument.parse([0x22, 0xFF, 0x22]) }
    }
}
