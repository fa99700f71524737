import DeskCommands
import Determinism
import WorkflowModel

/// Follows long work until it is done, and ends it where the client takes its request back.
struct OperationFollower: Sendable {
    /// The longest that a request waits for work; what is not done then goes on without it.
    static let longest = Duration.seconds(600)
    private static let longestPause = Duration.seconds(1)

    private let call: ToolCall
    private let operation: Operation
    private let first: CommandAnswer
    private let name: Value
    private let runner: JobRunner

    /// A follower of what a call started; nil where it started nothing that goes on.
    init?(_ call: ToolCall, answer: CommandAnswer, runner: JobRunner) {
        guard let operation = Operation.started(by: call.tool.command), let name = answer.value[operation.name]
        else { return nil }
        self.call = call
        self.operation = operation
        first = answer
        self.name = name
        self.runner = runner
    }

    /// The last answer: of the work's end where the client follows it, else of its beginning.
    func follow(_ report: JobRunner.Report) async -> CommandAnswer {
        var latest = first.value
        if call.wantsProgress {
            await report(Operation.progress(of: latest))
            latest = await followed(from: latest, report)
        }
        if Task.isCancelled { await end() }
        return CommandAnswer(merged(latest), isRepeated: first.isRepeated)
    }

    private func followed(from start: Value, _ report: JobRunner.Report) async -> Value {
        let time = runner.services.time
        let deadline = time.now + OperationFollower.longest
        var latest = start
        var pause = Duration.milliseconds(50)
        while Operation.isRunning(latest), time.now < deadline {
            do { try await time.sleep(for: pause) } catch { break }
            pause = min(pause * 1.5, OperationFollower.longestPause)
            do throws(CommandProblem) {
                latest = try await runner.perform(ask(operation.show)).value
                await report(Operation.progress(of: latest))
            } catch  where error.code == .rateLimited {
                pause = OperationFollower.longestPause
            } catch {
                break
            }
        }
        return latest
    }

    /// Ends the work; outside the cancelled task, in which nothing may wait any more.
    private func end() async {
        let call = ask(operation.cancel)
        let performer = runner.services.performer
        await Task { _ = try? await performer.perform(call) }.value
    }

    private func ask(_ command: String) -> CommandCall {
        let isQuery = runner.tools.commands[command]?.isQuery ?? true
        let key = isQuery ? nil : IdempotencyKey.derived(of: command, in: self.call.call.idempotencyKey ?? "")
        return CommandCall(command, [operation.name: name], by: runner.caller, idempotencyKey: key)
    }

    /// The latest state in the shape of the tool's answer.
    private func merged(_ latest: Value) -> Value {
        let schema = call.tool.command.answer
        if schema.faults(in: latest).isEmpty { return latest }
        var fields = first.value.fields ?? [:]
        for (name, value) in latest.fields ?? [:] where fields[name] != nil {
            let before = fields.updateValue(value, forKey: name)
            if !schema.faults(in: .object(fields)).isEmpty { fields[name] = before }
        }
        return .object(fields)
    }
}
