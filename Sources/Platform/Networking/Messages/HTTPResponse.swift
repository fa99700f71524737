/// An answer to a request.
///
/// The server itself writes `Content-Length`, `Transfer-Encoding` and `Connection`; values given for them are dropped.
/// A header that holds a line break or an impossible name turns the whole answer into a 500.
public struct HTTPResponse: Sendable {
    /// What follows the headers.
    public enum Body: Sendable {
        /// All of it, at hand.
        case bytes([UInt8])
        /// Made as the peer reads it.
        case stream(any HTTPBodyStream)
    }

    /// The status code, 200 ... 599.
    public var status: Int
    /// The header fields.
    public var headers: HTTPHeaders
    /// What follows the headers; left out for `HEAD`, 204 and 304.
    public var body: Body

    /// An answer of these parts.
    public init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer of plain text.
    public static func text(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: .bytes(Array(text.utf8)))
    }
}
