import TradingModel

/// Tells how long bars are from the distances between them.
enum LengthInference {
    private static let second: Int64 = 1_000_000_000

    /// The distance that at least half of the neighbours have, else the smallest if all others are multiples of it.
    static func length(_ times: [Int64]) -> BarLength? {
        var counts: [Int64: Int] = [:]
        var run: (distance: Int64, count: Int) = (0, 0)
        for index in times.indices.dropFirst() {
            let distance = times[index] - times[index - 1]
            if distance != run.distance {
                if run.count > 0 { counts[run.distance, default: 0] += run.count }
                run = (distance, 0)
            }
            run.count += 1
        }
        if run.count > 0 { counts[run.distance, default: 0] += run.count }
        guard let (common, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        if count * 2 >= times.count - 1 { return length(common) }
        guard let smallest = counts.keys.min(), smallest > 0 else { return nil }
        return counts.keys.allSatisfy { $0 % smallest == 0 } ? length(smallest) : nil
    }

    /// Whole seconds, up to a week; longer stretches such as months have no one length.
    private static func length(_ distance: Int64) -> BarLength? {
        guard distance > 0, distance % second == 0, distance <= 604_800 * second else { return nil }
        return BarLength(seconds: Int(distance / second))
    }

    /// A length that stands in the file's name, as in `BTCUSD_4h_coinbase.json`.
    static func length(path: String) -> BarLength? {
        let name = path.split(separator: "/").last ?? ""
        return name.split(whereSeparator: { "_-. ".contains($0) }).lazy.compactMap { BarLength(String($0)) }.first
    }
}
