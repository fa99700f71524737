import RiskControl
import TradingDesk
import WorkflowModel

/// The limits of the gate.
enum LimitCommands {
    static let all = [change]

    private static let reason = Field<String>.text("reason", "Why, for the record", upTo: 500).or("asked for by hand")

    private static let change = DeskCommand(
        "limits.change", "Change limits of the gate; tightening is done at once, loosening waits for a person",
        .administer, at: .patch("/api/risk/limits"), tool: "risk_limits_change",
        takes: LimitField.all.map(\.description) + [reason.description], answers: LimitChange.schema,
        confirmation: .when { arguments, context in try LimitChange(arguments, context).question }
    ) { arguments, context in
        try LimitChange(arguments, context).apply(reason: try arguments[reason])
    }
}

extension LimitField {
    /// The field of the command that changes it.
    fileprivate var description: FieldDescription {
        Field<Value>.value(name, schema, isOptional ? "\(about); null for none" : about).optional.description
    }
}
