/// The request line and headers, checked.
struct RequestHead: Sendable {
    /// How the body that follows is delimited.
    enum Framing: Sendable, Hashable {
        case none
        case length(Int)
        case chunked
    }

    let method: String
    let target: RequestTarget
    var headers: HTTPHeaders
    var isVersion10 = false
    var framing = Framing.none
    var expectsContinue = false
    var keepsAlive = true
    var wantsWebSocket = false

    init(method: String, target: RequestTarget, headers: HTTPHeaders) {
        self.method = method
        self.target = target
        self.headers = headers
    }
}

/// Sizes beyond which a request is refused.
struct RequestLimits: Sendable {
    var headBytes = 32 * 1024
    var targetBytes = 8 * 1024
    var headerCount = 100
    var bodyBytes = 1 << 20
}
