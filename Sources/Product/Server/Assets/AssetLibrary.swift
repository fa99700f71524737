import Foundation
import Networking

/// The dashboard's files by their paths: out of the binary, or out of a folder while they are worked on.
struct AssetLibrary: Sendable {
    private let files: [String: Asset]
    private let folder: String?

    /// The files in the binary, or those of a folder, which are read again for each request.
    init(folder: String? = nil) {
        self.folder = folder
        files = folder == nil ? AssetLibrary.embedded : [:]
    }

    private static let embedded = Dictionary(
        EmbeddedFiles.all.map { ($0.path, Asset($0.path, $0.bytes)) }
    ) { first, _ in first }

    /// The paths of what is in the binary.
    var paths: [String] { files.keys.sorted() }

    /// A file; nil where there is none of that path, which never leads out of the folder.
    func file(_ path: String) -> Asset? {
        guard let folder else { return files[path] }
        guard AssetLibrary.isPlain(path) else { return nil }
        let url = URL(filePath: folder).appending(path: path).resolvingSymlinksInPath()
        let root = URL(filePath: folder).resolvingSymlinksInPath().path + "/"
        guard url.path.hasPrefix(root), let data = FileManager.default.contents(atPath: url.path) else { return nil }
        return Asset(path, [UInt8](data))
    }

    /// Whether a path is made of ordinary names.
    private static func isPlain(_ path: String) -> Bool {
        !path.isEmpty
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { name in
                !name.isEmpty && !name.hasPrefix(".")
                    && name.utf8.allSatisfy { byte in
                        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                            || "-_.".utf8.contains(byte)
                    }
            }
    }
}
