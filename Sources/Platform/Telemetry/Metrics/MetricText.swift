/// The text format of Prometheus, version 0.0.4.
public enum MetricText {
    /// The value of the header `Content-Type` that goes with the text.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func exposition(_ sources: [any MetricSource]) -> String {
        sources.map(lines).joined()
    }

    private static func lines(_ source: any MetricSource) -> String {
        let metric = source.description
        let sampled = source.sampled()
        guard !sampled.isEmpty else { return "" }
        var text = "# HELP \(metric.name) \(escapedHelp(metric.help))\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
        for (values, samples) in sampled {
            let labels = zip(metric.labels, values).map { "\($0)=\"\(escapedValue($1))\"" }
            for sample in samples {
                let all = labels + (sample.bound.map { ["le=\"\(number($0))\""] } ?? [])
                let braces = all.isEmpty ? "" : "{\(all.joined(separator: ","))}"
                text += "\(metric.name)\(sample.suffix)\(braces) \(number(sample.value))\n"
            }
        }
        return text
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func escapedValue(_ text: String) -> String {
        escapedHelp(text).replacing("\"", with: "\\\"")
    }
}
