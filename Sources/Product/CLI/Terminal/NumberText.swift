/// Numbers as people read them: `1,234,567.89`, `+1.25 %`; what is absent or not finite is `-`.
enum NumberText {
    /// Whole numbers with thousands set apart.
    static func grouped(_ value: Int) -> String {
        let digits = grouped(digits: String(value.magnitude))
        return value < 0 ? "-" + digits : digits
    }

    /// A number with a fixed count of decimals, thousands set apart, rounded to nearest.
    static func decimal(_ value: Double?, decimals: Int = 2, signed: Bool = false) -> String {
        guard let value, value.isFinite else { return "-" }
        guard value.magnitude < 1e15 else { return "\(value)" }
        let places = max(0, min(decimals, 12))
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let units = (value.magnitude * scale).rounded()
        let whole = (units / scale).rounded(.down)
        let part = String(Int64((units - whole * scale).rounded()))
        let fraction = places == 0 ? "" : "." + String(repeating: "0", count: max(0, places - part.count)) + part
        return sign(value, isZero: units == 0, signed) + grouped(digits: String(Int64(whole))) + fraction
    }

    /// A fraction as percent: 0.0125 is `1.25 %`.
    static func percent(_ fraction: Double?, decimals: Int = 2, signed: Bool = false) -> String {
        guard let fraction, fraction.isFinite else { return "-" }
        return decimal(fraction * 100, decimals: decimals, signed: signed) + " %"
    }

    /// A rate or size in short: `12.3k`, `4.56M`.
    static func compact(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "-" }
        for (limit, suffix) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] where value.magnitude >= limit * 0.9995
        {
            let scaled = value / limit
            return decimal(scaled, decimals: scaled.magnitude < 9.995 ? 2 : scaled.magnitude < 99.95 ? 1 : 0) + suffix
        }
        return decimal(value, decimals: value == value.rounded() ? 0 : 1)
    }

    /// A span of time in at most two units: `1h 04m`, `3m 07s`, `2.5s`.
    static func span(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return "-" }
        switch seconds {
        case 0..<10: return decimal(Double(seconds) + Double(attoseconds) / 1e18, decimals: 1) + "s"
        case 10..<60: return "\(seconds)s"
        case 60..<3600: return "\(seconds / 60)m \(twoDigits(seconds % 60))s"
        case 3600..<86_400: return "\(seconds / 3600)h \(twoDigits(seconds / 60 % 60))m"
        default: return "\(seconds / 86_400)d \(twoDigits(seconds / 3600 % 24))h"
        }
    }

    private static func sign(_ value: Double, isZero: Bool, _ signed: Bool) -> String {
        if isZero { return "" }
        return value < 0 ? "-" : signed ? "+" : ""
    }

    private static func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func grouped(digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
