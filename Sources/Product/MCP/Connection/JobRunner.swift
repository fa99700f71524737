import DeskCommands
import Determinism
import WorkflowModel

/// Does the work that sessions ask for, through the command layer.
struct JobRunner: Sendable {
    typealias Report = @Sendable (JobProgress) async -> Void

    let services: MCPServices
    let tools: ToolBox
    let caller: Caller

    /// What the work comes to; never throws, since every trouble has an answer.
    @concurrent
    func run(_ job: Job, report: @escaping Report) async -> JobOutcome {
        switch job {
        case .call(let call): return await outcome(of: call, report)
        case .refuse(let call, let problem):
            await putOnRecord(call)
            return JobOutcome(
                .success(ToolResult.problem(problem)), notes: [LogNote(level: .warning, message: problem.message)])
        case .read(let resource): return JobOutcome(await contents(of: resource))
        case .listResources(let cursor): return JobOutcome(await resources(after: cursor))
        case .complete(let name, let beginning):
            return JobOutcome(.success(await completions(of: name, beginning)))
        }
    }

    func perform(_ call: CommandCall) async throws(CommandProblem) -> CommandAnswer {
        try await services.performer.perform(call)
    }

    /// Lets the command layer refuse the call too, which puts it on the record of access.
    ///
    /// The arguments stand in a field that no command has: should the layer have let the call through, nothing happens.
    private func putOnRecord(_ call: CommandCall) async {
        let harmless = CommandCall(call.command, ["refused_arguments": .object(call.arguments)], by: call.caller)
        _ = try? await perform(harmless)
    }

    // MARK: - Tools

    private func outcome(of call: ToolCall, _ report: @escaping Report) async -> JobOutcome {
        do throws(CommandProblem) {
            var answer = try await perform(call.call)
            if !answer.isWaiting, let follower = OperationFollower(call, answer: answer, runner: self) {
                answer = await follower.follow(report)
            }
            let (fitting, notes) = await fitted(answer, of: call)
            return JobOutcome(.success(ToolResult.answer(fitting, of: call.tool, notes: notes)))
        } catch {
            let level: LogLevel = error.code == .failed ? .error : .info
            return JobOutcome(
                .success(ToolResult.problem(error)), notes: [LogNote(level: level, message: error.message)])
        }
    }

    /// A list that is too long is asked for again with fewer items, so that its cursor goes on where it stops.
    private func fitted(_ answer: CommandAnswer, of call: ToolCall) async -> (CommandAnswer, [String]) {
        let command = call.tool.command
        guard command.isQuery, command.fields.contains(where: { $0.name == "limit" }),
            AnswerShortener.size(of: answer.value) > ToolResult.mostBytes,
            var limit = (answer.value["items"] ?? answer.value["bars"])?.list?.count
        else { return (answer, []) }
        while limit > 1 {
            limit /= 2
            let smaller = CommandCall(
                command.name, call.call.arguments.merging(["limit": .integer(Int64(limit))]) { $1 }, by: caller)
            guard let less = try? await perform(smaller) else { break }
            if AnswerShortener.size(of: less.value) <= ToolResult.mostBytes {
                return (less, ["Shortened to \(limit) to fit; go on with 'cursor' set to 'next', where there is one."])
            }
        }
        return (answer, [])
    }

    // MARK: - Resources

    private func contents(of resource: ResourceRead) async -> Result<Value, RPCError> {
        do throws(CommandProblem) {
            let answer = try await perform(resource.call)
            let (value, cuts) = AnswerShortener.shortened(answer.value, to: ToolResult.mostBytes)
            guard let value, let json = try? value.json() else {
                return .failure(RPCError(.failed, "'\(resource.uri)' is too long to be read; use the tools"))
            }
            var meta = UntrustedPaths.meta(resource.answer)
            if !cuts.isEmpty { meta["bellwether/shortened"] = .list(cuts.map(Value.text)) }
            let content: Value = [
                "uri": .text(resource.uri), "mimeType": "application/json",
                "text": .text(String(decoding: json, as: UTF8.self)), "_meta": .object(meta),
            ]
            return .success(["contents": [content]])
        } catch {
            return .failure(JobRunner.mistake(error, uri: resource.uri))
        }
    }

    private static func mistake(_ problem: CommandProblem, uri: String) -> RPCError {
        let code: RPCError.Code =
            switch problem.code {
            case .notFound: .resourceNotFound
            case .invalid: .invalidParams
            default: .failed
            }
        return RPCError(code, problem.message, ["uri": .text(uri), "code": .text(problem.code.rawValue)])
    }

    private func resources(after cursor: String?) async -> Result<Value, RPCError> {
        var arguments: [String: Value] = ["limit": 100]
        arguments["cursor"] = cursor.map(Value.text)
        let desk = cursor == nil ? [ResourceCatalog.desk] : []
        guard tools.commands["workflows.list"].map(tools.allows) == true else {
            return .success(["resources": .list(desk)])
        }
        do throws(CommandProblem) {
            let page = try await perform(CommandCall("workflows.list", arguments, by: caller)).value
            let workflows = (page["items"]?.list ?? []).compactMap(ResourceCatalog.workflow)
            var result: [String: Value] = ["resources": .list(desk + workflows)]
            if let next = page["next"]?.text { result["nextCursor"] = .text(next) }
            return .success(.object(result))
        } catch {
            guard error.code == .invalid, cursor != nil else {
                return .failure(RPCError(.failed, "resources cannot be listed: \(error.message)"))
            }
            return .failure(.invalidParams("'cursor' is none that 'resources/list' gave"))
        }
    }

    /// Names that begin like this; none where they cannot be listed, since an offer is only a help.
    private func completions(of name: String, _ beginning: String) async -> Value {
        let lists = [
            "workflow": "workflows.list", "workflow_id": "workflows.list", "name": "workflows.list",
            "queue": "queues.list",
        ]
        guard let list = lists[name], tools.commands[list].map(tools.allows) == true,
            let page = try? await perform(CommandCall(list, by: caller))
        else { return ["completion": ["values": [], "total": 0, "hasMore": false]] }
        let names = (page.value["items"]?.list ?? []).compactMap { $0["name"]?.text ?? $0["queue_name"]?.text }.filter {
            $0.hasPrefix(beginning)
        }
        return [
            "completion": [
                "values": .list(names.prefix(100).map(Value.text)), "hasMore": .boolean(names.count > 100),
            ]
        ]
    }
}
