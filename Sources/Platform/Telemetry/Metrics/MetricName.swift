/// The rules of the exposition format for names.
enum MetricName {
    /// Letters, digits, `_` and `:`, not beginning with a digit.
    static func check(_ name: String, kind: MetricKind) throws(TelemetryError) {
        guard isValid(name, extra: [UInt8(ascii: ":")]) else {
            throw TelemetryError(
                .badName,
                "'\(LogText.escaped(name))' is no metric name. Allowed: letters, digits, '_' and ':', no digit first.")
        }
        guard kind != .counter || name.hasSuffix("_total") else {
            throw TelemetryError(.badName, "The counter '\(name)' must end in '_total'.")
        }
    }

    /// Letters, digits and `_`, not beginning with a digit or `__`, each name once, and no `le` in a histogram.
    static func check(labels: [String], of name: String, kind: MetricKind) throws(TelemetryError) {
        for (index, label) in labels.enumerated() {
            let shown = "The label '\(LogText.escaped(label))' of \(name)"
            guard isValid(label, extra: []), !label.hasPrefix("__") else {
                throw TelemetryError(
                    .badName, "\(shown) is no label name. Allowed: letters, digits and '_', no digit or '__' first.")
            }
            guard !labels[..<index].contains(label) else { throw TelemetryError(.badName, "\(shown) stands twice.") }
            guard kind != .histogram || label != "le" else {
                throw TelemetryError(.badName, "\(shown) is taken by the buckets of a histogram.")
            }
        }
    }

    private static func isValid(_ name: String, extra: [UInt8]) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
        return name.utf8.allSatisfy {
            ByteClass.alphanumeric.contains($0) || $0 == UInt8(ascii: "_") || extra.contains($0)
        }
    }
}
