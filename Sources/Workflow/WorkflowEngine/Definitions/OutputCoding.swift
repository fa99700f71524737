import Foundation

/// Outputs as canonical JSON: equal outputs give equal bytes.
enum OutputCoding {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
    private static let decoder = JSONDecoder()

    static func encode(_ output: some Encodable) throws -> [UInt8] {
        [UInt8](try encoder.encode(output))
    }

    static func decode<Output: Decodable>(_ type: Output.Type, from bytes: [UInt8]) throws -> Output {
        try decoder.decode(type, from: Data(bytes))
    }
}
