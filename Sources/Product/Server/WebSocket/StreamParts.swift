import DeskCommands
import Determinism

/// What a conversation over a WebSocket works with.
struct StreamParts: Sendable {
    let hub: StreamHub
    let gate: any Gate
    let time: any TimeSource
    let calls: CallRunner
    let metrics: ServerMetrics
    let facts: @Sendable () -> DeskFacts
    let commands: [String: DeskCommand]
    /// Does a call as REST does it.
    let perform: @Sendable (CommandCall) async -> Result<CommandAnswer, Problem>
}
