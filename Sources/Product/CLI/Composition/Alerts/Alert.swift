import Determinism
import RiskControl
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// Something that a person who is not looking should hear of.
struct Alert: Sendable, Hashable {
    /// What sort of thing it is.
    enum Kind: String, Sendable {
        /// Trading was halted or restricted by a person.
        case halt
        /// Trading was halted by a limit: losses, or a market that moves too much.
        case riskBreach = "risk_breach"
        /// A node of the pipeline failed.
        case pipelineFailed = "pipeline_failed"
        /// A run of a workflow ended with an error.
        case runFailed = "run_failed"
        /// A dead letter that no rule settles.
        case deadLetter = "dead_letter"
        /// Something that a workflow or the engine calls a person for.
        case alert
        /// Something that a workflow wants told.
        case notification
    }

    let kind: Kind
    /// In words, for a person.
    let text: String
    /// The run of a workflow that it is about.
    let run: String?
    /// The market's time, for what happened on the market.
    let marketTime: Timestamp?

    init(_ kind: Kind, _ text: String, run: String? = nil, marketTime: Timestamp? = nil) {
        self.kind = kind
        self.text = text
        self.run = run
        self.marketTime = marketTime
    }

    /// Whether it asks for nothing.
    var isQuiet: Bool { kind == .notification }

    /// What happened on the desk; nil where nobody need hear of it.
    init?(_ event: DeskEvent) {
        switch event {
        case .halted(let reason, let time):
            self.init(.riskBreach, "Trading is halted: \(reason)", marketTime: time)
        case .controlled(let control, let time):
            guard let text = Alert.words(control) else { return nil }
            self.init(.halt, text, marketTime: time)
        case .pipelineFailed(let error, let time):
            self.init(.pipelineFailed, "The pipeline failed, and nothing is proposed: \(error)", marketTime: time)
        case .workflow(let event): self.init(event)
        default: return nil
        }
    }

    private static func words(_ control: DeskControl) -> String? {
        let asker = control.by.map { " by \($0)" } ?? ""
        switch control.action {
        case .halt(let reason): return "Trading was halted\(asker): \(reason)"
        case .reduceOnly(let reason): return "Only exits pass\(asker): \(reason)"
        case .flatten(let reason): return "Every position is closed and trading halted\(asker): \(reason)"
        case .resume, .order, .proposal, .limits: return nil
        }
    }

    /// What happened to a workflow; nil where nobody need hear of it.
    init?(_ event: OrchestrationEvent) {
        let (run, subject) = (event.run?.text, event.subject ?? "")
        switch event.kind {
        case .workflowFailed:
            let status = event.detail["status"]?.text ?? "failed"
            // Who ends a run early knows of it.
            guard status != RunOutcome.Status.cancelled.rawValue else { return nil }
            self.init(.runFailed, "The run \(run ?? "?") ended: \(status)", run: run)
        case .systemAlert:
            if let error = event.detail["unreadable"]?.text {
                self.init(.alert, "The run \(run ?? "?") cannot be read: \(error)", run: run)
            } else if let reason = event.detail["reason"]?.text, event.detail["kind"] != nil {
                let error = event.detail["error"]?.text.map { " (\($0))" } ?? ""
                self.init(.deadLetter, "The message \(subject) was given up and needs a person: \(reason)\(error)")
            } else {
                self.init(.alert, subject, run: run)
            }
        case .agentError: self.init(.alert, "An agent failed: \(subject)", run: run)
        case .marketEvent:
            // Triggers tell of themselves in this way too; what a step tells has the step's key.
            guard event.detail["key"]?.text != nil else { return nil }
            self.init(.notification, subject, run: run)
        default: return nil
        }
    }
}
