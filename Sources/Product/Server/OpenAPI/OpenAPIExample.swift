import DeskCommands
import WorkflowModel

/// Values that show what a field may look like.
enum OpenAPIExample {
    /// A field's standard, or what is usual under its name, or the first value that its shape allows.
    static func value(of field: FieldDescription) -> Value {
        if let standard = field.standard { return standard }
        if let known = usual[field.name], field.schema.faults(in: known).isEmpty { return known }
        return value(of: field.schema)
    }

    static func value(of schema: ValueSchema) -> Value {
        switch schema {
        case .any: "value"
        case .boolean: true
        case .integer(let bounds): .integer(Int64(bounds.map { max($0.lowerBound, min(10, $0.upperBound)) } ?? 10))
        case .number(let bounds): .number(bounds.map { max($0.lowerBound, min(1, $0.upperBound)) } ?? 1)
        case .text(let form): text(form)
        case .list(let element, _): .list([value(of: element)])
        case .map: [:]
        case .nullable(let inner), .named(_, let inner): value(of: inner)
        case .object(let properties):
            .object(
                Dictionary(properties.filter(\.isRequired).map { ($0.name, value(of: $0.schema)) }) { first, _ in first
                })
        }
    }

    private static func text(_ form: ValueSchema.TextForm) -> Value {
        if let first = form.choices?.first { return .text(first) }
        if form.format == "date-time" { return "2026-03-02T15:30:00Z" }
        return .text(String("example".prefix(form.maxLength ?? 7)))
    }

    private static let usual: [String: Value] = [
        "symbol": "AAPL", "reason": "the news changed", "side": "buy", "quantity": 10, "id": "o-1",
        "name": "trading_day",
        "workflow": "trading_day", "sequence": 42, "indicators": ["sma:20", "rsi:14"], "symbols": ["AAPL", "MSFT"],
    ]
}
