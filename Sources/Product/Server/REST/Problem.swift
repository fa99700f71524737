import DeskCommands
import Networking
import WorkflowModel

/// Why a request was not done, as `application/problem+json` tells it (RFC 9457).
struct Problem: Error, Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// The kind of trouble.
    var code: String
    /// What was wrong and what to do.
    var detail: String
    /// Which fields were wrong.
    var faults: [FieldFault] = []
    /// More headers, such as those that say when to come back.
    var headers: [String: String] = [:]

    /// Trouble of a kind.
    init(_ status: Int, _ code: String, _ detail: String, headers: [String: String] = [:]) {
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers
    }

    /// What a command refused; what broke inside is not told.
    init(_ problem: CommandProblem) {
        let detail = problem.code == .failed ? Problem.unexpected : problem.message
        self.init(Problem.status(of: problem), problem.code.rawValue, detail)
        if problem.code != .failed { faults = problem.faults }
        if problem.code == .rateLimited || problem.code == .unavailable { headers["Retry-After"] = "1" }
    }

    /// Told in place of anything that broke inside.
    static let unexpected =
        "Something broke in the desk. Nothing can be said of it here: its log has it under this trace."

    /// The problem as JSON, with the trace of the request.
    func json(trace: String) -> Value {
        var fields: [String: Value] = [
            "type": .text("/problems/\(code)"), "title": .text(StatusText.of(status)),
            "status": .integer(Int64(status)), "code": .text(code), "detail": .text(detail), "trace": .text(trace),
        ]
        if !faults.isEmpty {
            fields["errors"] = .list(faults.map { ["field": .text($0.field), "message": .text($0.message)] })
        }
        return .object(fields)
    }

    /// The problem as an answer.
    func response(trace: String) -> HTTPResponse {
        var answer = HTTPHeaders([("Content-Type", "application/problem+json")])
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { answer[name] = value }
        let body = (try? json(trace: trace).json()) ?? Array(#"{"status":500,"title":"Internal Server Error"}"#.utf8)
        return HTTPResponse(status: status, headers: answer, body: .bytes(body))
    }

    private static func status(of problem: CommandProblem) -> Int {
        switch problem.code {
        case .invalid: problem.faults.isEmpty ? 400 : 422
        case .unauthenticated: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict: 409
        case .rateLimited: 429
        case .unavailable: 503
        case .failed: 500
        }
    }
}
