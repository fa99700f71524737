import Foundation

/// A file as the build put it into the binary.
struct EmbeddedFile: Sendable {
    let path: String
    private let text: StaticString
    private let isBase64: Bool

    init(path: String, text: StaticString) {
        (self.path, self.text, isBase64) = (path, text, false)
    }

    init(path: String, base64 text: StaticString) {
        (self.path, self.text, isBase64) = (path, text, true)
    }

    /// What the file holds.
    var bytes: [UInt8] {
        let written = text.withUTF8Buffer { Array($0) }
        guard isBase64, let data = Data(base64Encoded: Data(written)) else { return written }
        return [UInt8](data)
    }
}
