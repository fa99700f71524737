import Determinism
import TradingModel
import WorkflowModel

extension Value {
    /// A number; null where there is none or it is not finite.
    init(_ number: Double?) {
        guard let number, number.isFinite else {
            self = .null
            return
        }
        self = .number(number)
    }

    /// An amount, a price or a quantity as a number; null where there is none.
    init(_ amount: (some FixedPoint)?) { self.init(amount?.double) }

    /// A count.
    init(_ count: Int) { self = .integer(Int64(count)) }

    /// A text; null where there is none.
    init(_ text: String?) { self = text.map(Value.text) ?? .null }

    /// A moment; null where there is none.
    init(_ moment: Timestamp?) { self = moment.map { .text("\($0)") } ?? .null }
}

/// A part of a whole; nil where there is none, or the whole is not above zero.
func ratio(_ part: Double?, _ whole: Double?) -> Double? {
    guard let part, let whole, whole > 0 else { return nil }
    return part / whole
}
