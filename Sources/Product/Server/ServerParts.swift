public import DeskCommands
public import Determinism
public import Networking
public import Telemetry
public import Triggers

/// Everything a server works with.
public struct ServerParts: Sendable {
    /// What does the commands.
    public var commands: any CommandPerforming
    /// Which commands there are.
    public var catalog: [DeskCommand]
    /// Who may come in.
    public var gate: any Gate
    /// What happens.
    public var hub: StreamHub
    /// The time.
    public var time: any TimeSource
    /// Figures of the whole process.
    public var metrics: MetricRegistry
    /// Where faults are told.
    public var log: Log
    /// How the desk stands, for greetings.
    public var facts: @Sendable () -> DeskFacts
    /// Whether the process can work, in one word: `ok`, or what it waits for.
    public var readiness: @Sendable () -> String
    /// What takes messages from outside; nil where none are taken.
    public var hooks: HookReceiver?
    /// Models' tools; nil where there are none.
    public var mcp: (any AuthenticatedHandler)?
    /// Makes the ids of traces differ from start to start.
    public var seed: UInt64

    /// Parts; hooks and models' tools are left out unless they are set.
    public init(
        commands: any CommandPerforming, catalog: [DeskCommand] = CommandCatalog.commands, gate: any Gate,
        hub: StreamHub, time: any TimeSource, metrics: MetricRegistry, log: Log, seed: UInt64
    ) {
        self.commands = commands
        self.catalog = catalog
        self.gate = gate
        self.hub = hub
        self.time = time
        self.metrics = metrics
        self.log = log
        self.seed = seed
        facts = { DeskFacts() }
        readiness = { "ok" }
    }
}

/// How the desk stands, as every connection is told first.
public struct DeskFacts: Sendable, Hashable {
    /// `paper` or `live`.
    public var mode: String
    /// Whether the market is a simulated one; nil where that is not known.
    public var isSimulated: Bool?
    /// The run; nil where none is.
    public var run: String?

    /// Facts.
    public init(mode: String = "paper", isSimulated: Bool? = nil, run: String? = nil) {
        self.mode = mode
        self.isSimulated = isSimulated
        self.run = run
    }
}

/// Answers requests of callers who were let in already, such as those of models.
public protocol AuthenticatedHandler: Sendable {
    /// The answer; `trace` is 32 hexadecimal digits.
    func answer(_ request: HTTPRequest, from caller: Caller, trace: String) async -> HTTPResponse
}

/// Takes a signed message from outside; nil where there is no such webhook.
///
/// What it accepts must be on disk before it returns; an error lets the sender try again.
public typealias HookReceiver = @Sendable (HookMessage) async throws -> WebhookOutcome?

/// A message from outside and where it was sent to.
public struct HookMessage: Sendable {
    /// The workflow.
    public let workflow: String
    /// Its trigger.
    public let trigger: String
    /// Signature, id and body as they came.
    public let request: WebhookRequest

    /// A message.
    public init(workflow: String, trigger: String, request: WebhookRequest) {
        self.workflow = workflow
        self.trigger = trigger
        self.request = request
    }
}
