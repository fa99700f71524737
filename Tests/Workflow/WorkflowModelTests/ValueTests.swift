import Foundation
import Testing
import WorkflowModel

@Suite("Values") struct ValueTests {
    @Test func `what is written is what Foundation reads`() throws {
        let value: Value = [
            "text": "grün \"quoted\" \\ / \n\r\t\u{1}\u{1f} 😀", "list": [1, -2.5, 1e300, 2e-308, true, false, .null],
            "empty": [:], "": [], "b": 9_223_372_036_854_775_807, "a": -9_223_372_036_854_775_808, "é": "e\u{301}",
        ]
        let bytes = try value.json()
        let read = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(read["text"] as? String == value["text"]?.text)
        #expect((read["list"] as? [Any])?.count == 7)
        #expect(read["b"] as? Int64 == .max)
        #expect(try Value(json: bytes) == value)
        #expect(try Value(json: bytes).json() == bytes)
    }

    @Test func `names are in the order of their scalars and whole numbers have no fraction`() throws {
        let value: Value = ["b": 1.0, "a": 2, "B": .number(1e21), "ä": 0]
        #expect(String(decoding: try value.json(), as: UTF8.self) == #"{"B":1e+21,"a":2,"b":1,"ä":0}"#)
    }

    @Test func `a number that JSON has no form for is refused`() {
        #expect(throws: ValueError.self) { try Value.number(.infinity).json() }
        #expect(throws: ValueError.self) { try Value.list([.number(.nan)]).json() }
    }

    @Test(arguments: [
        "0", "-0", "-12.5e-3", "1.0", "1e3", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "true", " false\n", "null", "\"\"", #""\u00e9\ud83d\ude00\/\b\f\n\r\t\\\"""#, "[ 1 , [ ] , { } ]",
        #"{ "a" : { "b" : [ null , "x" ] } , "c" : "é" }"#, "\u{FEFF}[1]",
    ])
    func `JSON is read as Foundation reads it`(_ text: String) throws {
        #expect(try Value(json: Array(text.utf8)) == JSONDecoder().decode(Value.self, from: Data(text.utf8)))
    }

    @Test(arguments: [
        "", " ", "tru", "nul", "01", "1.", ".5", "+1", "-", "1e", "1e999", "NaN", "[1,]", "[1 2]", "[", "{", #"{"a"}"#,
        #"{"a":1,}"#, #"{a:1}"#, #"{"a" 1}"#, "\"", "\"a\nb\"", #""\x""#, #""\u12""#, #""\ud800""#, #""\udc00""#,
        #""\ud800\u0041""#, "1 1", "[1]]", "'a'",
    ])
    func `what is no JSON is refused`(_ text: String) {
        #expect(throws: ValueError.self) { try Value(json: Array(text.utf8)) }
    }

    @Test func `bytes that are no text and nesting without end are refused`() throws {
        #expect(throws: ValueError.self) { try Value(json: [0x22, 0xFF, 0x22]) }
        #expect(throws: ValueError.self) { try Value(json: Array(repeating: 0x5B, count: 1_000_000)) }
        #expect(try Value(json: Array(#"{"a":1,"a":2}"#.utf8)) == ["a": 2])
    }

    @Test func `a stranger's JSON is held to stricter rules than what is kept`() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        let long = "0." + String(repeating: "1", count: 400)
        for text in [mark + Array("1".utf8), Array(#"{"a":1,"a":2}"#.utf8), Array(deep.utf8), Array(long.utf8)] {
            #expect(throws: Never.self) { try Value(json: text) }
            #expect(throws: ValueError.self) { try Value(strangersJSON: text) }
        }
        #expect(try Value(strangersJSON: Array(deep.dropFirst().dropLast().utf8)).list != nil)
        #expect(try Value(json: Array(#"{"a":1,"a":2}"#.utf8)) == ["a": 2])
    }
}
