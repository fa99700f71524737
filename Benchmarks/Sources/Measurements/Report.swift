import Foundation

/// The table that a person reads and the file that a program reads.
struct Report {
    let measurements: [Measurement]

    func printTable() {
        let rows = measurements.map(row)
        let header = ["name", "median", "min..max", "runs", "unit", "budget", ""]
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        for row in [header] + rows {
            let cells = zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return (1...3).contains(index) ? padding + cell.0 : cell.0 + padding
            }
            var line = cells.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            print(line)
        }
        printMissed()
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(measurements).write(to: URL(fileURLWithPath: path))
    }

    private func judgement(_ measurement: Measurement) -> (limit: String, verdict: String)? {
        Budget.of(measurement.name)?.judge(measurement.value, among: measurements)
    }

    private func row(_ measurement: Measurement) -> [String] {
        let judged = judgement(measurement)
        return [
            measurement.name, Figure.text(measurement.value),
            "\(Figure.text(measurement.min))..\(Figure.text(measurement.max))", "\(measurement.runs)",
            measurement.unit, judged?.limit ?? "", judged?.verdict ?? "",
        ]
    }

    private func printMissed() {
        let judged = measurements.compactMap { measurement in judgement(measurement).map { (measurement, $0) } }
        let missed = judged.filter { $0.1.verdict.hasPrefix("MISSED") }
        print("\n\(judged.count) budgets, \(judged.count - missed.count) met, \(missed.count) missed")
        for (measurement, verdict) in missed { print("  \(measurement.name): \(verdict.verdict)") }
    }
}
