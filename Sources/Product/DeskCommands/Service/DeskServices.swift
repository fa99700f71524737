public import Determinism
public import TaskQueues
public import TradingDesk
public import WorkflowEngine
public import WorkflowModel

/// Everything that commands work with; the composition root fills it with what runs, or with what is stored.
public struct DeskServices: Sendable {
    /// The time.
    public var time: any TimeSource
    /// The desk.
    public var desk: any DeskSource
    /// The record of decisions.
    public var archive: any DecisionArchive
    /// Workflows: definitions, runs and queues.
    public var workflows: WorkflowServices
    /// Backtests.
    public var backtests: any BacktestDesk
    /// The process.
    public var system: any SystemSource
    /// Keys, sessions and the record of access; nil where none are kept.
    public var access: (any AccessDesk)?
    /// What was found in the chain of records.
    let chain = ChainCheck()

    /// Services.
    public init(
        time: any TimeSource, desk: any DeskSource, archive: any DecisionArchive, workflows: WorkflowServices,
        backtests: any BacktestDesk, system: any SystemSource, access: (any AccessDesk)? = nil
    ) {
        self.time = time
        self.desk = desk
        self.archive = archive
        self.workflows = workflows
        self.backtests = backtests
        self.system = system
        self.access = access
    }
}

/// Workflows as commands see them: what is kept, and a box for requests to the process that serves them.
public struct WorkflowServices: Sendable {
    /// Runs and states.
    public var journal: any Journal
    /// Queues.
    public var queues: any TaskQueue
    /// Definitions.
    public var library: DefinitionLibrary
    /// Where requests are left and answered.
    public var box: RequestBox
    /// The steps that are really done here.
    public var steps: WorkflowSteps
    /// The process that serves them; nil where none does.
    public var holder: @Sendable () -> Int32?
    /// Events of all runs after a number, in the order in which they were kept; nil where they have no numbers.
    public var events: NumberedEvents?
    /// The number of the newest event of all runs; nil where they have no numbers.
    public var lastEvent: (@Sendable () throws -> Int64)?
    /// Serves the home's workflows in this process while something is waited for; nil where nothing here can.
    ///
    /// It is used only where no process serves them.
    public var host: Host?
    /// How long a call waits for the process that serves them.
    public var patience: Duration = .seconds(5)
    /// What was read of them already.
    let memory = WorkflowMemory()

    /// Reads at most so many events after a number.
    public typealias NumberedEvents = @Sendable (_ number: Int64, _ limit: Int) throws -> [NumberedEvent]
    /// Serves while a body runs.
    public typealias Host = @Sendable (_ body: @escaping @Sendable () async throws -> Void) async throws -> Void

    /// Workflows of a home.
    public init(
        journal: any Journal, queues: any TaskQueue, library: DefinitionLibrary, box: RequestBox,
        steps: WorkflowSteps, holder: @escaping @Sendable () -> Int32?
    ) {
        self.journal = journal
        self.queues = queues
        self.library = library
        self.box = box
        self.steps = steps
        self.holder = holder
    }
}

/// An event among those of all runs.
public struct NumberedEvent: Sendable, Hashable {
    /// Its place among the events of all runs, from 1.
    public let number: Int64
    /// The run.
    public let run: RunID
    /// What happened.
    public let event: RunEvent

    /// An event among those of all runs.
    public init(number: Int64, run: RunID, event: RunEvent) {
        self.number = number
        self.run = run
        self.event = event
    }
}
