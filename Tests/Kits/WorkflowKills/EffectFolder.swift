import Foundation

/// The world outside a process that is killed: one file for every key under which something was done.
public struct EffectFolder: Sendable {
    private let path: String

    /// The effects below a folder, which is made where it is missing.
    public init(in folder: String) throws {
        path = folder
        try FileManager.default.createDirectory(atPath: "\(folder)/effects", withIntermediateDirectories: true)
    }

    /// Notes a try and does the work of a key, which is done already where its file is there.
    public func perform(_ key: String) throws {
        try write("\(key)\n", to: "\(path)/tries", O_WRONLY | O_CREAT | O_APPEND)
        do {
            try write("", to: "\(path)/effects/\(EffectFolder.name(of: key))", O_WRONLY | O_CREAT | O_EXCL)
        } catch let error as POSIXError where error.code == .EEXIST {}
    }

    /// Every key that something was done under.
    public func keys() throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: "\(path)/effects").map {
                $0.removingPercentEncoding ?? $0
            })
    }

    /// How often the work of each key was tried.
    public func tries() throws -> [String: Int] {
        let lines = try String(contentsOfFile: "\(path)/tries", encoding: .utf8).split(separator: "\n")
        return Dictionary(lines.map { (String($0), 1) }, uniquingKeysWith: +)
    }

    private static func name(of key: String) -> String {
        key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? key
    }

    /// One call to write, so that a kill leaves a whole line or none.
    private func write(_ text: String, to file: String, _ flags: Int32) throws {
        let descriptor = open(file, flags, 0o644)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard bytes.isEmpty || Foundation.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }
}
