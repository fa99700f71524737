import Determinism
import Foundation
import Telemetry
import Testing

/// Documents in JSON stay documents, whatever stands in them.
@Suite struct RedactedDocuments {
    static let keys = ["api_key", "note", "password", "body", "Authorization", "n", "token", "a\"b", "url", "cookie"]
    static let pieces = [
        "password: ", "token=", "Authorization: Bearer ", "'", "\"", "\\", "\n", " ", "abc", "hunter22", "[", "]", "{",
        "}", ",", ":", "://u:", "@h", "/", "%22", "%3D", "-----BEGIN PRIVATE KEY-----\n", "-----END PRIVATE KEY-----",
        "eyJhbGci.eyJz.x", "Basic dXNlcjpwYXNz", "é", "--token ", "secret = ", "=", "|", "Optional(", "cookie: a;",
    ]

    static func text(_ random: inout SeededRandom) -> String {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    static func value(_ random: inout SeededRandom, depth: Int) throws -> Any {
        switch Int.random(in: 0..<8, using: &random) {
        case 0 where depth > 0: return [try value(&random, depth: depth - 1), try value(&random, depth: depth - 1)]
        case 1 where depth > 0: return try object(&random, depth: depth - 1)
        case 2 where depth > 0:
            return String(decoding: try json(try object(&random, depth: depth - 1), &random), as: UTF8.self)
        case 3: return Int.random(in: -5...500_000, using: &random)
        case 4: return NSNull()
        default: return text(&random)
        }
    }

    static func object(_ random: inout SeededRandom, depth: Int) throws -> [String: Any] {
        var object: [String: Any] = [:]
        for _ in 0..<3 { object[keys.randomElement(using: &random) ?? ""] = try value(&random, depth: depth) }
        return object
    }

    static func json(_ object: [String: Any], _ random: inout SeededRandom) throws -> Data {
        let pretty: JSONSerialization.WritingOptions = Bool.random(using: &random) ? [.prettyPrinted] : []
        return try JSONSerialization.data(withJSONObject: object, options: pretty.union(.sortedKeys))
    }

    /// Whether a value is the text of a document of its own; an encoded quote in one may look like the end of a value.
    static func isDocument(_ value: Any?) -> Bool {
        guard let text = value as? String, text.hasPrefix("{"), !text.contains("%22") else { return false }
        return (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
    }

    @Test(arguments: 0..<20)
    func `reads back with the same keys and without the secrets`(_ block: Int) throws {
        let redactor = Redactor()
        redactor.register("hunter22")
        for seed in block * 50..<(block + 1) * 50 {
            var random = SeededRandom(seed: UInt64(seed))
            let object = try RedactedDocuments.object(&random, depth: 2)
            let text = String(decoding: try RedactedDocuments.json(object, &random), as: UTF8.self)
            let clean = redactor.redact(text)
            let read = try? JSONSerialization.jsonObject(with: Data(clean.utf8)) as? [String: Any]
            guard let read else {
                Issue.record("seed \(seed):\n\(text)\n\(clean)")
                continue
            }
            #expect(read.keys.sorted() == object.keys.sorted(), "seed \(seed)")
            for (key, value) in read where Redactor.isSecretName(key) && value is String {
                #expect(["", Redactor.marker].contains(value as? String), "seed \(seed): \(text)\n\(clean)")
            }
            #expect(!clean.contains("hunter22"), "seed \(seed)")
            for (key, value) in object where !Redactor.isSecretName(key) && RedactedDocuments.isDocument(value) {
                #expect(RedactedDocuments.isDocument(read[key]), "seed \(seed): \(text)\n\(clean)")
            }
        }
    }
}
