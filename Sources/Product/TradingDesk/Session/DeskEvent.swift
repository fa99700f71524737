public import Analysis
public import Determinism
public import RiskControl
public import TradingModel
public import WorkflowEngine

/// Something a person watching the desk, or a program reading its output, wants to know of.
public enum DeskEvent: Sendable {
    /// The bars of one moment were handled; so many of so many expected slices are done.
    case slice(Timestamp, bars: Int)
    /// A trading day began with this equity.
    case dayStarted(CivilDate, equity: Money)
    /// A trading day ended with this equity.
    case dayEnded(CivilDate, equity: Money)
    /// The pipeline recommends something other than to hold.
    case recommendation(Recommendation, at: Timestamp)
    /// A node of the pipeline failed; nothing is proposed at this moment.
    case pipelineFailed(String, at: Timestamp)
    /// The risk gate judged an intent.
    case verdict(Verdict, at: Timestamp)
    /// A broker reported; fills come this way.
    case report(OrderReport)
    /// Holding a position cost something, or brought it in.
    case charged(Charge)
    /// Trading was halted.
    case halted(HaltReason, at: Timestamp)
    /// A person intervened, or a program on their behalf.
    case controlled(DeskControl, at: Timestamp)
    /// A workflow of the trading day came on: a stage began or ended, a task failed, a day is closed.
    case workflow(OrchestrationEvent)
}
