import Foundation
import Telemetry
import Testing

/// A value that was registered is found in every disguise.
@Suite struct RegisteredSecrets {
    static let secrets = [
        "hunter22", "p@ss/w%rd+1", #"quo"te\back"#, "blank in it", "grüße-€-日本", "AKIA<&>x'y", "a1b2c3",
        "////++++////", "tab\tinside",
    ]

    /// Ways in which a program may write a text down.
    static func disguises(_ secret: String) throws -> [String] {
        let bytes = Array(secret.utf8)
        let everyByte = bytes.map { String(format: "%%%02x", $0) }.joined()
        let json = try String(decoding: JSONEncoder().encode(["k": secret]), as: UTF8.self)
        let ascii = secret.utf16.map { String(format: "\\u%04X", $0) }.joined()
        let nested = try String(decoding: JSONEncoder().encode(["body": json]), as: UTF8.self)
        let base64 = ["", "x", "yz", "user:"].flatMap { prefix in
            ["", "!", "@host"].map { Data(Array("\(prefix)\(secret)\($0)".utf8)).base64EncodedString() }
        }
        let urlSafe = base64.map { $0.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "") }
        let percent = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let query = secret.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
        return [secret, everyByte, everyByte.uppercased(), json, ascii, nested, percent, query]
            + [percent.replacing("%20", with: "+")] + base64 + urlSafe
    }

    /// Every way back from a disguise, so that the test does not believe the redactor.
    static func decodings(_ text: String) -> [String] {
        let pieces = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "+/-_".contains($0))) }
        let decoded = pieces.flatMap { piece in
            (0..<4).compactMap { cut -> String? in
                let plain = piece.dropFirst(cut).replacing("-", with: "+").replacing("_", with: "/")
                let whole = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
                return Data(base64Encoded: String(whole)).map { String(decoding: $0, as: UTF8.self) }
            }
        }
        return [text, text.removingPercentEncoding, text.replacing("+", with: " ").removingPercentEncoding]
            .compactMap { $0 } + decoded
    }

    @Test(arguments: secrets)
    func `hides it in every disguise`(_ secret: String) throws {
        let redactor = Redactor()
        redactor.register(secret)
        for disguise in try RegisteredSecrets.disguises(secret) {
            let clean = redactor.redact("seen <\(disguise)> there")
            #expect(clean.contains(Redactor.marker), "\(disguise)")
            #expect(clean.hasPrefix("seen <") && clean.hasSuffix("> there"), "\(clean)")
            for decoded in RegisteredSecrets.decodings(clean) { #expect(!decoded.contains(secret), "\(disguise)") }
        }
    }

    @Test func `hides the longest of values that overlap`() {
        let redactor = Redactor()
        for secret in ["abcdef", "abcdefghi", "ghijkl", "cdefgh"] { redactor.register(secret) }
        #expect(redactor.redact("x abcdefghijkl y") == "x [redacted] y")
        #expect(redactor.redact("abcdefgh.ghijk") == "[redacted].ghijk")
    }

    @Test func `does not look for values shorter than six characters`() {
        let redactor = Redactor()
        #expect(!redactor.register("SPY"))
        #expect(!redactor.register("  12345\n"))
        #expect(redactor.redact("SPY 12345") == "SPY 12345")
        #expect(redactor.register(" 123456\n"))
        #expect(redactor.redact("SPY 123456") == "SPY [redacted]")
    }

    @Test func `takes each line of a value for a secret`() {
        let redactor = Redactor()
        redactor.register("first-line\r\nsecond-line\nx")
        #expect(redactor.redact("second-line, first-line, x") == "[redacted], [redacted], x")
    }

    @Test func `keeps a document in JSON readable`() throws {
        let redactor = Redactor()
        redactor.register("s3cr3t-value")
        let text = #"{"a":"s3cr3t-value","api_key":123456,"deep":"{\"x\":\"s3cr3t-value\"}"}"#
        let clean = try JSONSerialization.jsonObject(with: Data(redactor.redact(text).utf8)) as? [String: String]
        #expect(clean == ["a": "[redacted]", "api_key": "[redacted]", "deep": #"{"x":"[redacted]"}"#])
    }
}
