import Foundation

/// An empty folder of a test's own, removed with everything in it when the last reference ends.
public final class ScratchFolder: Sendable {
    /// Where it is.
    public let path: String

    /// Makes the folder under the system's temporary one.
    public init() throws {
        var template = Array("\(NSTemporaryDirectory())/bellwether-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in it.
    public func file(_ name: String) -> String { "\(path)/\(name)" }
}
