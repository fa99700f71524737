/// The value of an indicator's parameter: a number or a word.
public enum ParameterValue: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, CustomStringConvertible
{
    case number(Double)
    case word(String)

    /// Reads what was written after `=`: a number where it is one, else a word.
    public init(text: String) {
        self = Double(text).map(ParameterValue.number) ?? .word(text)
    }

    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .word(value) }

    /// The number without needless decimals, or the word.
    public var description: String {
        switch self {
        case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
        case .word(let word): word
        }
    }
}
