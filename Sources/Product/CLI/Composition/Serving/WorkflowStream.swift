import DeskCommands
import Telemetry
import WorkflowEngine
import WorkflowModel

/// Tells those who watch what the workflows of a process do.
struct WorkflowStream: Sendable {
    let journal: any Journal
    let hub: StreamHub

    /// Passes every event of a service on until cancelled; failures and alerts go to the log as well.
    func follow(_ service: WorkflowService, _ log: Log) async {
        let kinds = Set(OrchestrationEvent.Kind.allCases)
        await service.events.handle(kinds, capacity: 4096) { event in
            note(event, log)
            guard hub.isWatched(.workflows) else { return }
            let workflow = try event.run.flatMap { try journal.summary(of: $0)?.header.workflow }
            let value = DeskStream.value(of: event, workflow: workflow)
            hub.publish(.workflows, key: nil, json: try value.json(), at: event.time)
        } failed: { event, error in
            log.warning(
                "an event cannot be shown", ["event": LogValue(event.kind.rawValue), "error": .text("\(error)")])
        }
    }

    private func note(_ event: OrchestrationEvent, _ log: Log) {
        let subject: LogFields = [
            "run": LogValue(event.run?.text ?? ""), "subject": LogValue(event.subject ?? ""),
        ]
        switch event.kind {
        case .workflowFailed, .taskFailed, .agentError, .systemAlert:
            log.warning(event.kind.rawValue.replacing("_", with: " "), subject)
        case .workflowStarted, .workflowCompleted: log.info(event.kind.rawValue.replacing("_", with: " "), subject)
        default: log.debug(event.kind.rawValue.replacing("_", with: " "), subject)
        }
    }
}
