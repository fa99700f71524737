import Configuration

/// The product's configuration: what `bellwether.yaml`, the environment and options say together.
///
/// The shape is that of the file; `bellwether.example.yaml` shows every key with its default.
struct Settings: Sendable, Hashable {
    /// Machines with graphics processors, kept for a desk of many machines; not used yet.
    var gpuNodes: [NodeSettings] = []
    /// Machines without, kept likewise; not used yet.
    var cpuNodes: [NodeSettings] = []
    /// What is traded and within which limits.
    var trading = TradingSettings()
    /// When and where the exchange is open.
    var market = MarketSettings()
    /// What the workflows of a trading day go by.
    var tradingDay = TradingDaySettings()
    /// How analysis becomes signals.
    var pipeline = PipelineSettings()
    /// The market that is made up where no data is given.
    var simulation = SimulationSettings()
    /// How tasks are run.
    var workflow = WorkflowSettings()
    /// What is written to the log.
    var logging = LoggingSettings()
    /// Where the faces are served.
    var server = ServerSettings()
    /// How the record is signed.
    var audit = AuditSettings()
    /// What is told to the outside.
    var monitoring = MonitoringSettings()

    /// The defaults.
    init() {}

    /// The settings that a reader finds; they count only when its `finish()` does not throw.
    init(_ reader: ConfigurationReader) {
        let root = reader.root
        gpuNodes = root.namedSections("gpu_nodes").map { NodeSettings($0.name, $0.section) }
        cpuNodes = root.namedSections("cpu_nodes").map { NodeSettings($0.name, $0.section) }
        trading = TradingSettings(root.section("trading"))
        market = MarketSettings(root.section("market"))
        tradingDay = TradingDaySettings(root.section("trading_day"))
        pipeline = PipelineSettings(root.section("pipeline"))
        simulation = SimulationSettings(root.section("simulation"))
        workflow = WorkflowSettings(root.section("workflow"))
        logging = LoggingSettings(root.section("logging"))
        server = ServerSettings(root.section("server"))
        audit = AuditSettings(root.section("audit"))
        monitoring = MonitoringSettings(root.section("monitoring"))
    }

    /// What is read and shown but has no effect yet, as a key path's beginning with the reason.
    static let withoutEffect: [(path: String, reason: String)] = [
        ("gpu_nodes", "kept for a desk of many machines, not used yet"),
        ("cpu_nodes", "kept for a desk of many machines, not used yet"),
        ("market", "the exchange's own calendar is followed; not used yet"),
        ("workflow.default_task_timeout", "kept for later, not used yet"),
        ("workflow.workflow_timeout", "kept for later, not used yet"),
        ("workflow.max_retries", "kept for later, not used yet"),
        ("workflow.retry_base_delay", "kept for later, not used yet"),
        ("workflow.retry_max_delay", "kept for later, not used yet"),
    ]

    /// Why a setting has no effect yet; nil where it has one.
    static func idleness(of path: [String]) -> String? {
        let name = path.joined(separator: ".")
        return withoutEffect.first { name == $0.path || name.hasPrefix($0.path + ".") }?.reason
    }
}

/// A machine that takes part.
struct NodeSettings: Sendable, Hashable {
    /// The name the file gives it.
    var name: String
    /// Its address.
    var host = ""
    /// Its TCP port.
    var port = 8080
    /// The models it holds.
    var models: [String] = []
    /// The services it runs.
    var services: [String] = []
    /// The memory of its graphics processor, such as `8GB`; nil where it has none.
    var gpuMemory: String?

    init(name: String) {
        self.name = name
    }

    init(_ name: String, _ section: ConfigurationSection) {
        self.init(name: name)
        host = section.value("host", .text("HOST"), default: host)
        port = section.value("port", .integer(1...65535), default: port)
        models = section.value("models", .list(of: .text), default: models)
        services = section.value("services", .list(of: .text), default: services)
        gpuMemory = section.value("gpu_memory", ValueKind.text.optional, default: gpuMemory)
        if host.isEmpty { section.conflict("host", "is missing; allowed: a name or address") }
    }
}
