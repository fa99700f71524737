import RiskControl
import TradingDesk
import WorkflowModel

/// New limits beside those in force.
struct LimitChange: Sendable {
    static let schema = ValueSchema.named(
        "LimitChange",
        .object([
            .init("applied", .list(.text), "The limits that change"), .init("loosened", .list(.text)),
            .init(
                "changes",
                .list(.object([.init("name", .text), .init("from", .any), .init("to", .any)]))),
            .init("request", ReceiptAnswer.receiptSchema), .init("note", .text),
        ]))

    private struct Change: Sendable {
        let field: LimitField
        let old: Value
        let new: Value
    }

    private let limits: RiskLimits
    private let old: RiskLimits
    private let changes: [Change]
    private let context: CommandContext

    /// The change that arguments ask for; throws where they name none, or what cannot be.
    init(_ arguments: CommandArguments, _ context: CommandContext) throws {
        self.context = context
        old = try context.picture().limits
        var (limits, changes, faults): (RiskLimits, [Change], [FieldFault]) = (old, [], [])
        for field in LimitField.all {
            guard let wanted = arguments.values[field.name] else { continue }
            faults += field.schema.faults(in: wanted, at: field.name)
            guard field.write(wanted, &limits) else {
                faults.append(FieldFault(field.name, "cannot be that"))
                continue
            }
            let (before, after) = (field.read(old), field.read(limits))
            if before != after { changes.append(Change(field: field, old: before, new: after)) }
        }
        guard faults.isEmpty else { throw CommandProblem.invalid(faults) }
        guard !changes.isEmpty else {
            throw CommandProblem.invalid([FieldFault("", "nothing would change; risk shows the limits in force")])
        }
        (self.limits, self.changes) = (limits, changes)
    }

    private var loosened: [Change] {
        let names = Set(limits.loosened(from: old).map(LimitChange.snakeCase))
        return changes.filter { names.contains($0.field.name) }
    }

    /// What a person is asked where anything is loosened; nil where nothing is.
    var question: String? {
        guard !loosened.isEmpty else { return nil }
        let parts = loosened.map { "\($0.field.name) from \(LimitChange.text($0.old)) to \(LimitChange.text($0.new))" }
        return "loosens \(parts.joined(separator: ", "))"
    }

    func apply(reason: String) throws -> Value {
        let receipt = try context.services.desk.ask(
            .limits(limits, reason: reason), by: context.caller.name, key: context.callID)
        return [
            "applied": .texts(changes.map(\.field.name)), "loosened": .texts(loosened.map(\.field.name)),
            "changes": .list(
                changes.map { ["name": .text($0.field.name), "from": $0.old, "to": $0.new] }),
            "request": ReceiptAnswer.value(receipt), "note": .text(ReceiptAnswer.note(receipt)),
        ]
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: "none"
        case .boolean(let truth): truth ? "yes" : "no"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        default: "?"
        }
    }

    /// `maxDailyLoss` as callers know it.
    static func snakeCase(_ name: String) -> String {
        name.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
    }
}
