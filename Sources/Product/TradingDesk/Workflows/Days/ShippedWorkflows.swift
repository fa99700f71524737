public import WorkflowDocuments
public import WorkflowModel

/// The workflows that ship with the program, as documents.
public enum ShippedWorkflows {
    /// Every document by its workflow's name, the standard day first.
    public static let documents: [(name: String, text: String)] =
        TradingDayKind.allCases.map { ($0.workflow, text(of: $0)) }
        + [("execute-signal", executeSignal), ("hedge-position", hedgePosition)]

    /// The document of a sort of day.
    public static func text(of kind: TradingDayKind) -> String {
        switch kind {
        case .standard: standard.text
        case .earnings: earnings.text
        case .fomc: fomc.text
        case .optionsExpiration: optionsExpiration.text
        }
    }

    /// The workflow of a sort of day; throws every problem of its document.
    public static func definition(
        of kind: TradingDayKind, options: DocumentOptions = StepLibrary.documentOptions
    ) throws -> WorkflowDefinition {
        try definition(of: text(of: kind), name: kind.workflow, options: options)
    }

    /// The one workflow of a document; throws every problem of the document.
    static func definition(
        of text: String, name: String, options: DocumentOptions = StepLibrary.documentOptions
    ) throws -> WorkflowDefinition {
        let found = try WorkflowDocument.read(text, name: "\(name).yaml", options: options).get()
        guard let definition = found.first, found.count == 1 else {
            throw WorkflowsError(.document, "the document '\(name)' must hold one workflow; it holds \(found.count)")
        }
        return definition
    }

    private static let executeSignal = """
        # What a message of the kind 'trade_signal' leads to: the message is the run's input.
        name: execute-signal
        description: Trades one signal
        priority: HIGH
        steps:
          - name: place_order
            compensate: cancel_order
            priority: HIGH
          - name: send_notification

        """

    private static let hedgePosition = """
        # What a message of the kind 'risk_alert' leads to: the message is the run's input.
        name: hedge-position
        description: Closes half of what is at risk, or of the symbols that the message names
        priority: CRITICAL
        steps:
          - name: immediate_hedge
            priority: CRITICAL
          - name: alert_user
            priority: CRITICAL

        """

    private static let standard = TradingDayText(
        kind: .standard, description: "A trading day, from before the open to the evening")

    private static let earnings = TradingDayText(
        kind: .earnings, description: "A trading day on which companies tell their results",
        before: [
            """
                  - {agent: senior_analyst, task_type: earnings_review, priority: CRITICAL, timeout: 10m, max_retries: 3}
            """
        ])

    private static let fomc = TradingDayText(
        kind: .fomc, description: "A trading day on which the Federal Reserve tells its decision",
        macroPriority: "CRITICAL", riskAdjustment: 0.5)

    private static let optionsExpiration = TradingDayText(
        kind: .optionsExpiration, description: "A trading day on which the options of the month expire",
        closing: [
            """
                  - agent: portfolio_manager
                    task_type: roll_or_close
                    priority: CRITICAL
                    timeout: 10m
            """
        ])
}

/// Why a workflow of the desk cannot be made or run.
public struct WorkflowsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: String, Sendable, Hashable {
        /// A document is not what is needed.
        case document
        /// A calendar is not known.
        case calendar
        /// What was kept of a run is not what today's code makes of it.
        case divergence
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    /// Trouble of a kind.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
