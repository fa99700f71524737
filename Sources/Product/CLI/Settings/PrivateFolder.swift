import Foundation

/// Folders that only their owner can look into.
enum PrivateFolder {
    /// Makes a folder where it is missing.
    static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("\(path) cannot be made: \(error.localizedDescription)", code: "home")
        }
    }
}
