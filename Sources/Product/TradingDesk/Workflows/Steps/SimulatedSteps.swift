import Synchronization
import WorkflowDocuments
public import WorkflowEngine
public import WorkflowModel

/// Does the work of test runs on a desk in memory over a SIMULATED market, which is made for the first task.
///
/// Types that the desk does not know are only pretended. Everything put out says that it is SIMULATED.
public final class SimulatedSteps: TaskHandler {
    private let desk = Mutex<SharedDesk?>(nil)
    private let pretended = TestSteps()

    /// Work on a desk that has not been made.
    public init() {}

    public func perform(_ order: TaskOrder) async throws -> Value {
        guard order.isTest, StepLibrary.standard.catalog[order.type] != nil else {
            return try await pretended.perform(order)
        }
        try TestSteps.failAsAsked(order)
        let output = try sharedDesk().perform(order, by: .standard)
        guard case .object(var fields) = output else { return ["source": "SIMULATED", "output": output] }
        fields["source"] = "SIMULATED"
        if let agent = order.agent { fields["agent"] = .text(agent) }
        return .object(fields)
    }

    private func sharedDesk() throws -> SharedDesk {
        try desk.withLock { desk in
            if let desk { return desk }
            let made = SharedDesk(try TestDesk.simulated())
            desk = made
            return made
        }
    }
}
