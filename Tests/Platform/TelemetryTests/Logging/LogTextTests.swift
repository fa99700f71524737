import Determinism
import Foundation
import Telemetry
import Testing

@Suite struct LogTexts {
    func record(_ message: String, _ fields: LogFields, trace: String? = nil) -> LogRecord {
        LogRecord(
            time: Timestamp(nanoseconds: 1_700_000_000_000_000_001), level: .warning, component: "http",
            message: message, fields: fields, trace: trace)
    }

    @Test func `writes one flat object in JSON with nanoseconds`() {
        let line = LogText.json(
            record("slow", ["route": "/v1", "took": 0.25, "tries": 3, "ok": false, "level": "x"], trace: "0af7"))
        #expect(
            line == #"{"time":"2023-11-14T22:13:20.000000001Z","level":"warning","component":"http","message":"slow","#
                + #""trace":"0af7","route":"/v1","took":0.25,"tries":3,"ok":false,"field.level":"x"}"# + "\n")
    }

    @Test(arguments: ["a\"b\\c", "two\nlines\r\n", "\u{0}\u{1B}[31m\u{7F}\u{2028}", "日本 € 👍", "tab\t"])
    func `writes any text as one line that reads back as it was`(_ text: String) throws {
        let line = LogText.json(record(text, ["k\n": LogValue(text)]))
        #expect(line.unicodeScalars.count { $0.properties.generalCategory == .control } == 1)
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["message"] as? String == text)
        #expect(object?["k\n"] as? String == text)
    }

    @Test func `writes numbers that JSON does not know as text`() {
        let fields: LogFields = ["a": .number(.nan), "b": .number(-.infinity), "c": LogValue(UInt64.max)]
        #expect(
            LogText.json(record("x", fields)).hasSuffix(#","a":"nan","b":"-inf","c":"18446744073709551615"}"# + "\n"))
    }

    @Test func `lets nobody forge a second line for people`() {
        let line = LogText.plain(record("bad\n2026 ERROR x: y\u{202E}", ["user": "a b", "n": 1], trace: "0af7"))
        #expect(
            line
                == #"2023-11-14T22:13:20.000000001Z WARNING http: bad\n2026 ERROR x: y\u202e user="a b" n=1 trace=0af7"#
                + "\n")
    }
}
