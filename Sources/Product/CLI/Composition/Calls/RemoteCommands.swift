import Access
import DeskCommands
import Determinism
import Networking
import WorkflowModel

/// The commands of a running desk, asked over HTTP as the person at this terminal.
struct RemoteCommands: CommandPerforming {
    private let desk: LocalToken
    private let http: WebClient
    private let catalog: @Sendable (String) -> DeskCommand?

    /// The commands of the process that a token names; nil where it is not reached over plain HTTP on this machine.
    init?(_ desk: LocalToken, catalog: @escaping @Sendable (String) -> DeskCommand? = CommandCatalog.command) {
        guard let http = WebClient(local: desk.url) else { return nil }
        self.desk = desk
        self.http = http
        self.catalog = catalog
    }

    func perform(_ call: CommandCall) async throws(CommandProblem) -> CommandAnswer {
        guard let command = catalog(call.command) else { throw .notFound("there is no command '\(call.command)'") }
        let answer: WebClient.Answer
        do {
            answer = try send(call, to: command)
        } catch let failure as WebClient.Failure where failure.isNobodyThere {
            throw CommandProblem(
                .unavailable, "process \(desk.pid) does not answer on \(desk.url); start the desk anew")
        } catch let failure as WebClient.Failure {
            throw CommandProblem(.unavailable, "the desk cannot be asked: \(failure)")
        } catch {
            throw CommandProblem(.unavailable, "\(error)")
        }
        let value = answer.body.isEmpty ? Value.null : try? Value(json: answer.body)
        guard let value else { throw CommandProblem(.unavailable, "the answer of \(desk.url) is no JSON") }
        guard answer.status < 300 else { throw CommandProblem(status: answer.status, value) }
        return CommandAnswer(
            value, isRepeated: answer.headers["idempotency-replayed"] == "true", isWaiting: answer.status == 202)
    }

    private func send(_ call: CommandCall, to command: DeskCommand) throws -> WebClient.Answer {
        let names = Set(command.route.parameters)
        let path = command.route.path.split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return String(part) }
            return PercentCoding.encode(call.arguments[String(part.dropFirst().dropLast())]?.written ?? "")
        }
        let rest = call.arguments.filter { !names.contains($0.key) && $0.value != .null }
        let query = rest.sorted { $0.key < $1.key }.map {
            "\(PercentCoding.encode($0.key))=\(PercentCoding.encode($0.value.written))"
        }
        let target = path.joined(separator: "/")
        var headers = [
            (name: "Authorization", value: "Bearer \(desk.token)"), (name: "Accept", value: "application/json"),
        ]
        headers.append(("Bellwether-Person", PercentCoding.encode(call.caller.name)))
        if let tier = call.caller.tier { headers.append(("Bellwether-Tier", tier.rawValue)) }
        guard !command.isQuery else {
            let questions = query.isEmpty ? "" : "?\(query.joined(separator: "&"))"
            return try http.send(command.route.method.rawValue, target + questions, headers: headers)
        }
        headers.append(("Idempotency-Key", call.idempotencyKey ?? RandomBytes.hexadecimal(16)))
        headers.append(("Content-Type", "application/json"))
        let body = rest.isEmpty ? [] : try Value.object(rest).json()
        return try http.send(command.route.method.rawValue, target, headers: headers, body: body)
    }
}

extension WebClient {
    /// The way to a process of this machine; nil for another machine's address, or one that needs more than plain HTTP.
    init?(local url: String) {
        guard let address = WebAddress(url), address.isLocal, !address.isSecure else { return nil }
        self.init(address, patience: 60, mostBytes: 64 << 20)
    }
}

extension Value {
    /// The value as a query has it: texts as they are, lists separated by commas, everything else as JSON.
    fileprivate var written: String {
        switch self {
        case .text(let text): text
        case .list(let elements): elements.map(\.written).joined(separator: ",")
        default: (try? json()).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
    }
}

extension CommandProblem {
    /// What a running desk answered in place of a result.
    fileprivate init(status: Int, _ value: Value) {
        let byStatus: [Int: Code] = [
            400: .invalid, 401: .unauthenticated, 403: .forbidden, 404: .notFound, 409: .conflict, 412: .conflict,
            413: .invalid, 422: .invalid, 429: .rateLimited, 503: .unavailable,
        ]
        let code = value["code"]?.text.flatMap(Code.init(rawValue:)) ?? byStatus[status] ?? .failed
        let faults = (value["errors"]?.list ?? []).compactMap { fault -> FieldFault? in
            guard let field = fault["field"]?.text, let message = fault["message"]?.text else { return nil }
            return FieldFault(field, message)
        }
        let words = value["detail"]?.text ?? value["title"]?.text ?? "the desk answered with status \(status)"
        let trace = code == .failed ? value["trace"]?.text.map { " (trace \($0))" } : nil
        self.init(code, words + (trace ?? ""), faults)
    }
}
