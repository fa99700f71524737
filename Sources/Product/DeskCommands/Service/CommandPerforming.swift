/// Whatever performs calls: the command service of this process, or a running desk that is asked over HTTP.
public protocol CommandPerforming: Sendable {
    /// Checks who asks, what is asked and how often, does it once, and puts writes and refusals on the record.
    func perform(_ call: CommandCall) async throws(CommandProblem) -> CommandAnswer
}
