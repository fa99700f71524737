import Determinism
import Foundation
import TradingModel
import WorkflowModel

/// More steps from what the desk has to what answers hold; what is not there is null.
extension Value {
    /// A truth; null where there is none.
    init(_ truth: Bool?) { self = truth.map(Value.boolean) ?? .null }

    /// A whole number; null where there is none.
    init(_ number: Int64?) { self = number.map(Value.integer) ?? .null }

    /// An amount as decimal text; null where there is none.
    init(decimal amount: (some FixedPoint)?) { self.init(amount?.description) }

    /// Seconds; null where there are none.
    init(seconds duration: Duration?) { self.init(duration.map { Double($0.nanoseconds) / 1e9 }) }

    /// What a value's coding writes.
    init(coding value: some Encodable, snakeCase: Bool = false) throws {
        let encoder = JSONEncoder()
        if snakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
        try self.init(json: [UInt8](encoder.encode(value)))
    }

    /// A list of texts.
    static func texts(_ texts: [String]) -> Value { .list(texts.map(Value.text)) }

    /// The same object with more fields; of two of a name the new one counts.
    func adding(_ more: [String: Value]) -> Value { .object((fields ?? [:]).merging(more) { $1 }) }

    /// What a field holds, or null; for records, in which what is absent is left out.
    func field(_ name: String) -> Value { self[name] ?? .null }
}
