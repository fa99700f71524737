/// Why a server cannot start or go on.
public struct NetworkingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble, for code to decide by.
    public enum Code: Sendable, Hashable {
        /// Another program listens on the port.
        case addressInUse
        /// The address is not one of this machine, or not an address.
        case badAddress
        /// The system does not let this program listen on the port.
        case notPermitted
        /// The certificate or its key cannot be used.
        case badCertificate
        /// The server was started a second time.
        case alreadyRan
        /// The network library or the operating system failed.
        case failed
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
