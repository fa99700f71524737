extension Duration {
    /// Units as people write them, largest first.
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("w", 604_800_000_000_000), ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
        ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1000), ("ns", 1),
    ]

    /// Reads `5m`, `1h30m`, `250ms` or `1.5s`; units are w, d, h, m, s, ms, us and ns.
    ///
    /// Nil for anything else, for negative durations and beyond 292 years.
    public init?(text: String) {
        var rest = Substring(text)
        var total: Int64 = 0
        repeat {
            guard let part = Duration.part(&rest) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
        } while !rest.isEmpty
        self = .nanoseconds(total)
    }

    private static func part(_ rest: inout Substring) -> Int64? {
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let name = rest[digits.endIndex...].prefix { $0.isASCII && $0.isLetter }
        rest = rest[name.endIndex...]
        guard digits.first != ".", digits.last != ".", let amount = Double(digits),
            let unit = units.first(where: { $0.name == name })
        else { return nil }
        if let whole = Int64(digits) {
            let (product, overflow) = whole.multipliedReportingOverflow(by: unit.nanoseconds)
            return overflow ? nil : product
        }
        let nanoseconds = (amount * Double(unit.nanoseconds)).rounded()
        return nanoseconds < 9e18 ? Int64(nanoseconds) : nil
    }

    /// The shortest text that `init(text:)` reads as this duration: `1h30m`, `100ms`; parts of a nanosecond are cut off.
    public var text: String {
        let (seconds, attoseconds) = components
        var rest = seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue + attoseconds / 1_000_000_000
        guard rest > 0 else { return "0s" }
        var result = ""
        for unit in Duration.units where rest >= unit.nanoseconds {
            result += "\(rest / unit.nanoseconds)\(unit.name)"
            rest %= unit.nanoseconds
        }
        return result
    }
}
