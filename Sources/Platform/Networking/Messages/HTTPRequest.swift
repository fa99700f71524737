/// A whole request as it came in, body included.
public struct HTTPRequest: Sendable {
    /// A number of its own on this server, counting up from 1.
    public let id: UInt64
    /// The method, in upper case; methods the server does not know are passed on as they are.
    public let method: String
    /// The percent-decoded path, without the query; it holds no `.` or `..` segments and no control characters.
    public let path: String
    /// The query's names and values, percent-decoded and with `+` as a space, in order.
    public let query: [(name: String, value: String)]
    /// The target as it stood in the request line.
    public let target: String
    /// The header fields.
    public let headers: HTTPHeaders
    /// The body, chunks already put together.
    public let body: [UInt8]
    /// The address at the other end, without a port.
    public let peer: String
    /// Whether it came over TLS.
    public let isSecure: Bool

    /// A request as a client would send it, with id 0; nil where the target cannot be decoded.
    public init?(
        _ method: String, _ target: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [],
        peer: String = "127.0.0.1", isSecure: Bool = false
    ) {
        guard let decoded = RequestTarget(target) else { return nil }
        let head = RequestHead(method: method, target: decoded, headers: headers)
        self.init(head, body: body, from: Origin(id: 0, peer: peer, isSecure: isSecure))
    }

    /// Where a request came from.
    struct Origin {
        let id: UInt64
        let peer: String
        let isSecure: Bool
    }

    init(_ head: RequestHead, body: [UInt8], from origin: Origin) {
        id = origin.id
        method = head.method
        path = head.target.path
        query = head.target.query
        target = head.target.text
        headers = head.headers
        self.body = body
        peer = origin.peer
        isSecure = origin.isSecure
    }

    /// The path's segments, split before decoding, so that `/a%2Fb/c` has the segments `a/b` and `c`.
    public var segments: [String] {
        RequestTarget.segments(of: target)
    }

    /// The first value of a query name.
    public func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}
