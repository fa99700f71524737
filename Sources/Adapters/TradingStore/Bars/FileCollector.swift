import Foundation

/// Finds the files that paths mean: files as they are, folders with all below them.
enum FileCollector {
    private static let packed: Set<String> = ["gz", "zip"]
    private static let kinds: Set<String> = ["csv", "json", "txt", "tsv"]

    /// Files below folders in order of path; hidden files and kinds other than CSV, JSON and text are left out there.
    ///
    /// A path that does not exist is kept, so that reading it says so.
    static func files(_ paths: [String]) -> [String] {
        paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                return [path]
            }
            let base = path.hasSuffix("/") ? String(path.dropLast()) : path
            let below = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
            return below.filter(isData).map { base + "/" + $0 }.filter { !isFolderPath($0) }.sorted()
        }
    }

    /// Throws for a folder, which `files` leaves in place of nothing: it holds no data, or cannot be read.
    static func checkIsNoFolder(_ path: String) throws(FileError) {
        guard isFolderPath(path) else { return }
        guard access(path, R_OK | X_OK) == 0 else { throw .system("read", path) }
        throw FileError(.notAFile, "the folder \(path) holds no CSV or JSON files")
    }

    private static func isData(_ path: String) -> Bool {
        guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return false }
        let parts = (path.split(separator: "/").last ?? "").lowercased().split(separator: ".").map(String.init)
        guard let last = parts.last, parts.count > 1 else { return false }
        return kinds.contains(last) || packed.contains(last)
    }

    private static func isFolderPath(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
