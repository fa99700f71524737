import Access
import Configuration
import Storage
import TradingStore

/// The key that signs where records end: a file that only its owner can read.
enum AuditKey {
    /// Whose name stands under the signatures.
    private static let name = "bellwether"

    /// Where the key of a home is.
    static func path(_ settings: LoadedSettings) -> String {
        settings.settings.audit.key ?? "\(settings.home.path)/audit.key"
    }

    /// The key, made where there is none.
    static func make(_ path: String) throws -> NoteSigner {
        if let signer = try read(path) { return signer }
        guard let signer = NoteSigner(name: name, key: .random()) else {
            throw CommandFailure("no key could be made", code: "key")
        }
        try PrivateFile.write(Array("\(signer)\n".utf8), to: path)
        return signer
    }

    /// The key; nil where there is none.
    static func read(_ path: String) throws -> NoteSigner? {
        guard let bytes = try PrivateFile.read(path) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
        guard let signer = text.flatMap({ NoteSigner($0) }) else {
            throw CommandFailure(
                "\(path) holds no key that signs records. Put the right file there, or move it away for a new key.",
                code: "key")
        }
        return signer
    }
}
