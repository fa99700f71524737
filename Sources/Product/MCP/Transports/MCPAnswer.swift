import Networking
import WorkflowModel

/// What the endpoint answers over HTTP.
enum MCPAnswer {
    static let sessionHeader = "Mcp-Session-Id"

    /// One JSON message.
    static func json(_ bytes: [UInt8], status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"],
            body: .bytes(bytes))
    }

    /// Events as they come.
    static func events(_ stream: EventStream) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
            ], body: .stream(stream))
    }

    /// A request that is not taken in.
    static func refusal(_ status: Int, _ error: RPCError, to id: RequestID? = nil) -> HTTPResponse {
        json(Outgoing(RPCReply.error(error, to: id), answering: id).bytes, status: status)
    }

    static func idInUse(_ id: RequestID) -> HTTPResponse {
        refusal(
            400, .invalidRequest("a request with this id is under way; every request needs an id of its own"), to: id)
    }

    /// What is wrong with the headers of a POST; nil where nothing is.
    static func wrongPost(_ request: HTTPRequest) -> HTTPResponse? {
        let type = request.headers["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        guard type?.trimmingBlanks == "application/json" else {
            return refusal(415, .invalidRequest("the body must be application/json"))
        }
        guard accepts("application/json", request) else {
            return refusal(406, .invalidRequest("a POST must accept application/json and text/event-stream"))
        }
        return nil
    }

    /// What is wrong with the version that a request names; nil where nothing is, or where it names none.
    static func wrongVersion(_ request: HTTPRequest) -> HTTPResponse? {
        guard let version = request.headers["MCP-Protocol-Version"] else { return nil }
        guard ProtocolVersion(rawValue: version) == nil else { return nil }
        return refusal(400, ProtocolVersion.unsupported(version))
    }

    /// Whether the client takes a type; a request that does not say takes everything.
    ///
    /// With `isNamed` the type itself must be there, as for streams that a client has to ask for.
    static func accepts(_ type: String, _ request: HTTPRequest, isNamed: Bool = false) -> Bool {
        let values = request.headers.all("Accept")
        guard !values.isEmpty else { return !isNamed && type == "application/json" }
        let family = type.prefix { $0 != "/" } + "/*"
        return values.flatMap { $0.split(separator: ",") }.contains { part in
            let named = part.prefix { $0 != ";" }.lowercased().trimmingBlanks
            return named == type || (!isNamed && (named == "*/*" || named == family))
        }
    }

    /// The version that the answer to `initialize` names; nil where that is a mistake.
    static func version(in answer: [UInt8]) -> String? {
        (try? Value(strangersJSON: answer))?["result"]?["protocolVersion"]?.text
    }
}

extension StringProtocol {
    /// The text without blanks around it.
    fileprivate var trimmingBlanks: String {
        var rest = Substring(self)
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
