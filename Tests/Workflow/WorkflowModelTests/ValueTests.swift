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
}
