import Foundation

/// How outputs become bytes: canonical JSON, so that equal outputs give equal bytes.
public struct OutputCoding: Sendable {
    private let userInfo: [CodingUserInfoKey: any Sendable]

    /// Canonical JSON, with what the outputs' own coding needs to know.
    public init(userInfo: [CodingUserInfoKey: any Sendable] = [:]) {
        self.userInfo = userInfo
    }

    func encode(_ output: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.userInfo = userInfo
        return [UInt8](try encoder.encode(output))
    }

    func decode<Output: Decodable>(_ type: Output.Type, from bytes: [UInt8]) throws -> Output {
        let decoder = JSONDecoder()
        decoder.userInfo = userInfo
        return try decoder.decode(type, from: Data(bytes))
    }
}
