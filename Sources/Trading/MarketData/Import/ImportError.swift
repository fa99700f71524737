/// Why a file as a whole cannot be read as market data.
public struct ImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, Hashable, Codable {
        /// The file has no bytes, or a header alone.
        case empty
        /// The file is of another kind: a picture, a page, a program.
        case notMarketData
        /// The text is damaged: NUL bytes, invalid UTF-8, an endless line, JSON that stops in the middle.
        case damaged
        /// No known layout fits, or more than one does.
        case unknownLayout
        /// Something has to be said by the caller: symbol, zone, bar length, order of dates.
        case unsaid
        /// What the caller said contradicts the file.
        case contradiction
    }

    /// What kind of trouble it is.
    public let code: Code
    /// What is wrong, where, and what to do; one line.
    public let message: String

    /// An error with its message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
