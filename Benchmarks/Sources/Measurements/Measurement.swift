/// One measured figure, as `latest.json` holds it.
struct Measurement: Codable {
    let name: String
    let unit: String
    /// The median of the runs.
    let value: Double
    let min: Double
    let max: Double
    let runs: Int

    init(_ name: String, _ unit: String, of samples: [Double]) {
        let sorted = samples.sorted()
        self.name = name
        self.unit = unit
        value =
            sorted.count % 2 == 1
            ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
        min = sorted.first ?? .nan
        max = sorted.last ?? .nan
        runs = sorted.count
    }
}

/// Seconds a body takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    let (whole, part) = start.duration(to: clock.now).components
    return Double(whole) + Double(part) * 1e-18
}
