import Configuration
import Networking

/// When and where the exchange is open.
struct MarketSettings: Sendable, Hashable {
    /// When a session opens, `HH:MM` in the exchange's zone.
    var openTime = "09:30"
    /// When a session closes.
    var closeTime = "16:00"
    /// The exchange's zone, as the zone database names it.
    var timezone = "America/New_York"

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        openTime = section.value("open_time", .timeOfDay, default: openTime, variables: "MARKET_OPEN_TIME")
        closeTime = section.value("close_time", .timeOfDay, default: closeTime, variables: "MARKET_CLOSE_TIME")
        timezone = section.value("timezone", .zone, default: timezone, variables: "TIMEZONE")
        if openTime >= closeTime {
            section.conflict("close_time", "\(closeTime) is not after open_time; allowed: later than \(openTime)")
        }
    }
}

/// How analysis becomes signals.
struct PipelineSettings: Sendable, Hashable {
    /// How target weights are found.
    enum Optimiser: String, Sendable, CaseIterable {
        /// The weights with the least variance.
        case minimumVariance = "minimum_variance"
        /// Weights that share the risk equally.
        case riskParity = "risk_parity"
    }

    /// How sure a recommendation must be to be acted on, 0...1.
    var signalThreshold = 0.7
    /// The time between two runs; nil for every bar.
    var every: Duration?
    /// Bars of history that it looks at.
    var lookback = 252
    /// How target weights are found.
    var optimiser = Optimiser.minimumVariance
    /// The largest target weight of one instrument.
    var maxWeight = 0.1

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        signalThreshold = section.value("signal_threshold", .number(.from(0, upTo: 1)), default: signalThreshold)
        every = section.value(
            "every", ValueKind.duration(.seconds(1) ... .seconds(31_536_000)).optional, default: every)
        lookback = section.value("lookback", .integer(30...10_000), default: lookback)
        optimiser = section.value("optimiser", .oneOf(Optimiser.self), default: optimiser)
        maxWeight = section.value("max_weight", .fraction(), default: maxWeight)
    }
}

/// The market that is made up where no data is given.
struct SimulationSettings: Sendable, Hashable {
    /// What chance depends on: the same seed gives the same market.
    var seed = 7
    /// How long a bar is.
    var barLength = Duration.seconds(86_400)
    /// How many times faster than a clock it runs, by default eight days a second; nil for as fast as it can.
    var speed: Double? = 691_200
    /// How many instruments it has; nil for those under `trading.symbols`.
    var instruments: Int?

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        seed = section.value("seed", .integer(0...Int.max), default: seed)
        barLength = section.value("bar_length", .duration(.seconds(1) ... .seconds(86_400)), default: barLength)
        speed = section.value("speed", .speed, default: speed)
        instruments = section.value("instruments", ValueKind.integer(1...1000).optional, default: instruments)
    }
}

/// How tasks are run.
struct WorkflowSettings: Sendable, Hashable {
    /// Tasks that run at the same time.
    var maxConcurrentTasks = 5
    /// How long a task may take that says nothing else.
    var defaultTaskTimeout = Duration.seconds(300)
    /// How long a run may take.
    var workflowTimeout = Duration.seconds(3600)
    /// How often a failed task is tried again.
    var maxRetries = 3
    /// The wait before the first new try.
    var retryBaseDelay = Duration.seconds(1)
    /// The longest wait before a new try.
    var retryMaxDelay = Duration.seconds(60)

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        maxConcurrentTasks = section.value(
            "max_concurrent_tasks", .integer(1...10_000), default: maxConcurrentTasks,
            variables: "MAX_CONCURRENT_TASKS")
        maxRetries = section.value("max_retries", .integer(0...1000), default: maxRetries, variables: "MAX_RETRIES")
        readTimes(section)
        checkTogether(section)
    }

    private mutating func readTimes(_ section: ConfigurationSection) {
        let span = ValueKind.duration(.milliseconds(1) ... .seconds(31_536_000), unit: "s")
        defaultTaskTimeout = section.value(
            "default_task_timeout", span, default: defaultTaskTimeout, variables: "DEFAULT_TASK_TIMEOUT")
        workflowTimeout = section.value(
            "workflow_timeout", span, default: workflowTimeout, variables: "WORKFLOW_TIMEOUT")
        retryBaseDelay = section.value(
            "retry_base_delay", span, default: retryBaseDelay, variables: "RETRY_BASE_DELAY")
        retryMaxDelay = section.value("retry_max_delay", span, default: retryMaxDelay, variables: "RETRY_MAX_DELAY")
    }

    private func checkTogether(_ section: ConfigurationSection) {
        if retryMaxDelay < retryBaseDelay {
            section.conflict(
                "retry_max_delay",
                "\(retryMaxDelay.text) is less than retry_base_delay; allowed: \(retryBaseDelay.text) or more")
        }
        if workflowTimeout < defaultTaskTimeout {
            section.conflict(
                "workflow_timeout",
                "\(workflowTimeout.text) is less than default_task_timeout; allowed: \(defaultTaskTimeout.text) or more"
            )
        }
    }
}

/// What is written to the log.
struct LoggingSettings: Sendable, Hashable {
    /// How much is worth a line, most first.
    enum Level: String, Sendable, CaseIterable {
        case debug
        case info
        case warning
        case error
    }

    /// The least that is written.
    var level = Level.info

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        level = section.value("level", .oneOf(Level.self), default: level, variables: "LOG_LEVEL")
    }
}

/// What is told to the outside.
struct MonitoringSettings: Sendable, Hashable {
    /// Whether figures are served.
    var metricsEnabled = true
    /// Where alerts are sent; nil for nowhere. The address may hold a key and is a secret.
    var alertWebhookURL: Secret?
    /// Whether that may be another machine without encryption.
    var alertWebhookAllowsHTTP = false

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        metricsEnabled = section.value("metrics_enabled", .bool, default: metricsEnabled, variables: "METRICS_ENABLED")
        alertWebhookURL = section.value(
            "alert_webhook_url", ValueKind.secretAddress.optional, default: alertWebhookURL,
            variables: "ALERT_WEBHOOK_URL")
        alertWebhookAllowsHTTP = section.value("alert_webhook_allow_http", .bool, default: alertWebhookAllowsHTTP)
        guard let address = alertWebhookURL.flatMap({ WebAddress($0.reveal()) }) else { return }
        if !address.isSecure, !address.isLocal, !alertWebhookAllowsHTTP {
            section.conflict(
                "alert_webhook_url",
                "the address (not shown) is of another machine and not encrypted; "
                    + "allowed: https://, or alert_webhook_allow_http: true")
        }
    }

    static func == (left: MonitoringSettings, right: MonitoringSettings) -> Bool {
        left.metricsEnabled == right.metricsEnabled && left.alertWebhookAllowsHTTP == right.alertWebhookAllowsHTTP
            && left.alertWebhookURL?.reveal() == right.alertWebhookURL?.reveal()
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(metricsEnabled)
        hasher.combine(alertWebhookURL?.reveal())
        hasher.combine(alertWebhookAllowsHTTP)
    }
}
