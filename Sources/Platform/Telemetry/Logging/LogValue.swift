/// What a field of a log line holds.
public enum LogValue: Sendable, Hashable {
    /// A text, cleaned of secrets before it reaches a sink.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// A number; written as text where JSON has no number for it.
    case number(Double)
    /// True or false.
    case bool(Bool)
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }

    public init(integerLiteral value: Int64) { self = .integer(value) }

    public init(floatLiteral value: Double) { self = .number(value) }

    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension LogValue {
    /// A text.
    public init(_ text: some StringProtocol) { self = .text(String(text)) }

    /// A whole number; as text where 64 bits do not hold it.
    public init(_ number: some BinaryInteger) {
        self = Int64(exactly: number).map(LogValue.integer) ?? .text(String(number))
    }

    /// A length of time, in seconds.
    public init(_ duration: Duration) {
        self = .number(duration / .seconds(1))
    }
}

/// The fields of a log line, in the order in which they were written.
public struct LogFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One name and its value.
    public struct Field: Sendable, Hashable {
        /// Its name: `order.id`.
        public let key: String
        /// What it holds.
        public let value: LogValue

        /// A field as given.
        public init(_ key: String, _ value: LogValue) {
            self.key = key
            self.value = value
        }
    }

    /// The fields, each name once.
    public let all: [Field]

    /// Fields as given; of two with one name the last counts.
    public init(_ fields: [Field] = []) {
        var seen: Set<String> = []
        let last = fields.reversed().filter { seen.insert($0.key).inserted }
        all = last.reversed()
    }

    public init(dictionaryLiteral elements: (String, LogValue)...) {
        self.init(elements.map { Field($0.0, $0.1) })
    }

    /// The value of a field; nil where there is none.
    public subscript(key: String) -> LogValue? {
        all.first { $0.key == key }?.value
    }
}
