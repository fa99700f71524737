import Determinism
import Synchronization
import Telemetry
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// Takes alerts from everywhere in the process: writes them to the log, keeps them for the terminal and, where an
/// address is set, hands them to be sent there. Never waits.
final class AlertDesk: Sendable {
    /// An alert on its way out.
    struct Item: Sendable {
        /// The same for every try, and for no other alert.
        let id: String
        let alert: Alert
        let time: Timestamp
    }

    private struct State {
        var count = 0
        /// Those that the terminal has not shown.
        var unshown: [OrchestrationEvent] = []
        /// How many wait or are being sent.
        var waiting = 0
    }

    /// How many wait at most; the newest are given up where nobody takes the older ones.
    static let capacity = 256
    private static let mostUnshown = 100

    let items: AsyncStream<Item>
    private let continuation: AsyncStream<Item>.Continuation
    private let isSent: Bool
    private let log: Log
    private let time: any TimeSource
    /// Names the process, so that two of them never give one name to two alerts.
    private let epoch: String
    private let state = Mutex(State())

    /// A desk whose alerts are sent on where `isSent`, by whoever takes `items`.
    init(_ log: Log, isSent: Bool, epoch: String, time: any TimeSource) {
        self.log = log
        self.isSent = isSent
        self.epoch = epoch
        self.time = time
        (items, continuation) = AsyncStream.makeStream(
            of: Item.self, bufferingPolicy: .bufferingOldest(AlertDesk.capacity))
    }

    /// Takes an alert.
    func take(_ alert: Alert) {
        let fields: LogFields = ["kind": .text(alert.kind.rawValue), "run": .text(alert.run ?? "")]
        alert.isQuiet ? log.info(alert.text, fields) : log.warning(alert.text, fields)
        guard isSent else { return }
        let id = state.withLock { state in
            state.count += 1
            state.waiting += 1
            return "\(epoch)-\(state.count)"
        }
        if case .dropped = continuation.yield(Item(id: id, alert: alert, time: time.now)) {
            settle()
            log.error("an alert is not sent: \(AlertDesk.capacity) wait already", ["alert": .text(id)])
        }
    }

    /// Takes what happened to a workflow, where somebody should hear of it, and keeps it for the terminal.
    func take(_ event: OrchestrationEvent) {
        guard let alert = Alert(event) else { return }
        state.withLock { state in
            if state.unshown.count == AlertDesk.mostUnshown { state.unshown.removeFirst() }
            let kind: OrchestrationEvent.Kind = alert.isQuiet ? .marketEvent : .systemAlert
            state.unshown.append(
                OrchestrationEvent(kind, at: event.time, run: event.run, subject: alert.text, detail: event.detail))
        }
        take(alert)
    }

    /// What the terminal has not shown yet.
    func takeUnshown() -> [OrchestrationEvent] {
        state.withLock { state in
            defer { state.unshown = [] }
            return state.unshown
        }
    }

    /// An alert was sent, or given up.
    func settle() { state.withLock { $0.waiting -= 1 } }

    /// Waits until nothing is left to be sent, but no longer than `patience`.
    func drain(patience: Duration) async {
        let deadline = time.now + patience
        while state.withLock({ $0.waiting > 0 }), time.now < deadline {
            guard (try? await time.sleep(for: .milliseconds(20))) != nil else { return }
        }
        let left = state.withLock { $0.waiting }
        if left > 0 { log.error("the process ends before all alerts were sent", ["left": .integer(Int64(left))]) }
    }

    /// Takes every event of a service until cancelled.
    func follow(_ service: WorkflowService) async {
        await service.events.handle([.workflowFailed, .systemAlert, .agentError, .marketEvent], capacity: 1024) {
            event in
            take(event)
        } failed: { _, _ in
            // Taking an alert throws nothing.
        }
    }
}
