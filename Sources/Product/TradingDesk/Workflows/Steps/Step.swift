import WorkflowDocuments
import WorkflowModel

/// One type of work of the desk: what documents are told of it, and the work.
struct Step: Sendable {
    let name: String
    let type: StepType
    /// Whether it changes something outside the run, which must not happen twice under one key.
    let hasEffect: Bool
    let perform: @Sendable (inout StepCall) throws -> Value

    init(
        _ name: String, _ summary: String, params: [String: StepParam] = [:], outputs: [String: ValueShape],
        hasEffect: Bool = false, _ perform: @escaping @Sendable (inout StepCall) throws -> Value
    ) {
        self.name = name
        type = StepType(summary, params: params, outputs: .object(outputs))
        self.hasEffect = hasEffect
        self.perform = perform
    }

    /// The same work under another name.
    func named(_ name: String, _ summary: String) -> Step {
        Step(name, StepType(summary, params: type.params, outputs: type.outputs), hasEffect, perform)
    }

    private init(
        _ name: String, _ type: StepType, _ hasEffect: Bool,
        _ perform: @escaping @Sendable (inout StepCall) throws -> Value
    ) {
        self.name = name
        self.type = type
        self.hasEffect = hasEffect
        self.perform = perform
    }
}

extension StepParam {
    /// The instruments it is about.
    static let symbols = StepParam.optional(.list(of: .text))
    static let number = StepParam.optional(.number)
    static let text = StepParam.optional(.text)
}

extension ValueShape {
    /// An order as steps put it out.
    static let order = ValueShape.object([
        "symbol": .text, "side": .text(["buy", "sell"]), "quantity": .number,
        "status": .text(["sent", "refused", "test"]), "order_id": .text, "reason": .text,
    ])

    /// What steps that send orders put out.
    static let ordering: [String: ValueShape] = [
        "orders": .list(of: .order), "sent": .integer, "refused": .integer,
        "status": .text(["sent", "refused", "test", "none"]), "order_id": .text,
    ]
}
