import Foundation

/// Numbers as the table shows them.
enum Figure {
    /// Three significant digits, and all digits before the point.
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        let size = value.magnitude
        if size >= 100 || value == 0 { return grouped(value) }
        return String(format: size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : size >= 0.001 ? "%.4f" : "%.1e", value)
    }

    private static func grouped(_ value: Double) -> String {
        let digits = Array(String(Int64(value.rounded().magnitude)))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }
}
