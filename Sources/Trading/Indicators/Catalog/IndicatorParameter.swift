/// A parameter of an indicator of the catalog.
public struct IndicatorParameter: Sendable, Hashable {
    /// What values a parameter takes.
    public enum Allowed: Sendable, Hashable, CustomStringConvertible {
        /// Whole numbers of a range.
        case whole(ClosedRange<Int>)
        /// Any number of a range.
        case real(ClosedRange<Double>)
        /// One of a few words.
        case words([String])

        /// `2...100000`, `0.0...100.0` or `population|sample`.
        public var description: String {
            switch self {
            case .whole(let range): "\(range)"
            case .real(let range): "\(range)"
            case .words(let words): words.joined(separator: "|")
            }
        }

        /// Whether a value is one of them.
        public func contains(_ value: ParameterValue) -> Bool {
            switch (self, value) {
            case (.whole(let range), .number(let number)): Int(exactly: number).map(range.contains) ?? false
            case (.real(let range), .number(let number)): range.contains(number)
            case (.words(let words), .word(let word)): words.contains(word)
            default: false
            }
        }
    }

    /// What it is called.
    public let name: String
    /// What it is where nothing is said.
    public let standard: ParameterValue
    /// What it may be.
    public let allowed: Allowed

    static func period(_ standard: Int, named name: String = "period", from least: Int = 1) -> IndicatorParameter {
        IndicatorParameter(
            name: name, standard: .number(Double(standard)), allowed: .whole(least...Period.allowed.upperBound))
    }

    static func real(_ name: String, _ standard: Double, _ range: ClosedRange<Double>) -> IndicatorParameter {
        IndicatorParameter(name: name, standard: .number(standard), allowed: .real(range))
    }

    static func choice<Choice>(_ name: String, _ standard: Choice) -> IndicatorParameter
    where Choice: CaseIterable & RawRepresentable<String> {
        IndicatorParameter(
            name: name, standard: .word(standard.rawValue), allowed: .words(Choice.allCases.map(\.rawValue)))
    }
}
