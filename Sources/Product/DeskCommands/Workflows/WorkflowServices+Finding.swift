import TradingDesk
import WorkflowEngine
import WorkflowModel

extension WorkflowServices {
    /// A workflow's version; throws where there is none, with the names there are.
    func definition(_ name: String, version: Int? = nil) throws -> StoredDefinition {
        do {
            return try library.definition(name, version: version)
        } catch let error as LibraryError {
            throw CommandProblem(error)
        }
    }

    /// A run; throws where there is none.
    func run(_ name: String) throws -> RunSummary {
        if let found = try journal.summary(of: RunID(name)) { return found }
        throw CommandProblem.notFound("there is no run '\(name)'; runs.list lists runs")
    }

    /// A run that has not ended; throws where it has.
    func openRun(_ name: String) throws -> RunSummary {
        let run = try run(name)
        guard let outcome = run.outcome else { return run }
        throw CommandProblem(.conflict, "the run '\(run.run)' has ended: \(outcome.status.rawValue)")
    }

    /// A run with everything that happened in it.
    func report(_ run: RunSummary) throws -> RunReport {
        let stored = try definition(run.header.workflow, version: run.header.version)
        return try RunReport(plan(stored), run: run.run, journal.history(of: run.run))
    }

    /// A run with everything that happened in it, or why that cannot be read.
    func reading(_ run: RunSummary) -> Result<RunReport, any Error> { Result { try report(run) } }

    /// Everything there is to say of a run.
    func runValue(_ run: RunSummary) throws -> Value {
        let history = try journal.history(of: run.run)
        let stored = try definition(run.header.workflow, version: run.header.version)
        let report = try RunReport(plan(stored), run: run.run, history)
        return RunAnswer.value(report, history, isServed: holder() != nil)
    }
}

extension CommandProblem {
    /// Trouble with a library of workflows, as callers are told.
    init(_ error: LibraryError) {
        switch error.code {
        case .unknown: self.init(.notFound, error.message)
        case .exists, .unchanged: self.init(.conflict, error.message)
        case .document: self.init(.invalid, error.message)
        case .corrupt: self.init(.failed, error.message)
        }
    }
}
