import Analysis
import Determinism
import Foundation
import RiskControl
import TradingModel
import WorkflowEngine
import WorkflowModel

/// The recommendation pipeline: seven nodes over what is known at a moment, each result journalled before the next.
struct RecommendationPipeline: Sendable {
    private let graph: StateGraph<PipelineState>
    private let journal: any Journal

    /// What one run came to.
    struct Outcome {
        let run: String
        /// Each node's output as it was journalled, in order.
        let nodes: [(name: String, output: Data)]
        /// What everybody who asks may see of the run.
        let found: RecommendationState
        let recommendations: [Recommendation]
        let intents: [Intent]
        /// The node that failed and why; nil where all completed.
        let failure: String?
    }

    init(_ settings: PipelinePlan, plan: DeskPlan, journal: any Journal) throws {
        let coding = OutputCoding(userInfo: [.universe: plan.universe])
        let nodes = PipelineNodes(settings, allowsShorting: plan.limits.allowShort, coding: coding)
        graph = try StateGraph("recommendation", nodes: nodes.all)
        self.journal = journal
    }

    /// Runs the nodes at a moment, or takes up the moment's run where the journal ends.
    func run(at time: Timestamp, _ state: DeskState) throws -> Outcome {
        let run = DeskSession.pipelineRun(at: time)
        let runner = GraphRunner(journal: journal, time: ManualTime(at: time))
        let result = try runner.runSynchronously(graph, as: run, from: PipelineState(at: time, state))
        var (nodes, failure): ([(name: String, output: Data)], String?) = ([], nil)
        for event in try journal.history(of: run) {
            switch event.fact {
            case .taskCompleted(let node, _, let output, _): nodes.append((node, Data(output)))
            case .taskFailed(let node, _, let error): failure = "\(node): \(error)"
            default: break
            }
        }
        let found = result.state.found
        let recommendations =
            found.signals.map { Recommendation.all($0, found.executionPlan, state.window.universe) } ?? []
        return Outcome(
            run: run.text, nodes: nodes, found: found, recommendations: recommendations,
            intents: found.executionPlan?.intents ?? [], failure: failure)
    }
}
