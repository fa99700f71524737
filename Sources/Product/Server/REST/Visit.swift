import Determinism
import Networking

/// One request on its way through the server.
struct Visit: Sendable {
    let request: HTTPRequest
    /// 32 hexadecimal digits.
    let trace: String
    let started: Timestamp
    /// The route as figures name it.
    var route = "none"
    /// Headers that the answer gets, whatever it is.
    var headers: [(String, String)] = []
    /// Whether the answer is a page or a file of one.
    var isPage = false

    /// The method, `GET` for `HEAD`.
    var method: String { request.method == "HEAD" ? "GET" : request.method }

    /// Whether the request may change something.
    var isWrite: Bool { !["GET", "HEAD", "OPTIONS"].contains(request.method) }

    mutating func note(_ rate: RateState) {
        headers.append(("RateLimit-Limit", "\(rate.limit)"))
        headers.append(("RateLimit-Remaining", "\(rate.remaining)"))
        headers.append(("RateLimit-Reset", "\(rate.reset)"))
    }
}
