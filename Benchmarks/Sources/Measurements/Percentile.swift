/// The nearest-rank percentile of samples; NaN where there are none.
func percentile(_ share: Double, _ samples: [Double]) -> Double {
    guard !samples.isEmpty else { return .nan }
    let rank = Int((share * Double(samples.count)).rounded(.up)) - 1
    return samples.sorted()[min(max(rank, 0), samples.count - 1)]
}
