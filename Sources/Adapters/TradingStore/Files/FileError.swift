/// Why a file cannot be read or written.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, Hashable, Codable {
        /// There is no such file.
        case missing
        /// It is a folder, a device or a socket.
        case notAFile
        /// The system does not permit it.
        case noPermission
        /// It stops in the middle.
        case truncated
        /// Its checksum is wrong or its packing is broken.
        case corrupt
        /// It is a zip that needs a password.
        case encrypted
        /// It is a zip of no file, or of several.
        case notOneFile
        /// Unpacked it would be larger than allowed.
        case tooLarge
        /// Another process is writing here.
        case busy
        /// The system refused for another reason.
        case failed
    }

    /// What kind of trouble it is.
    public let code: Code
    /// What is wrong, with which file, and what to do; one line.
    public let message: String

    /// An error with its message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
