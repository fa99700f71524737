import Determinism
public import TradingModel

/// Looks bars through for what is probably wrong with them.
public struct QualityCheck: Sendable {
    /// From how many equal bars in a row prices count as stale.
    public var staleRun: Int
    /// How far, as a fraction, a close must lie from both neighbours to be a spike.
    public var spike: Double
    private let length: BarLength
    private let expected: ExpectedBars

    /// A check with the usual limits: stale after 5 daily or 60 shorter bars, a spike at 20 percent.
    public init(_ length: BarLength, _ expected: ExpectedBars) {
        self.length = length
        self.expected = expected
        staleRun = length.isDaily ? 5 : 60
        spike = 0.2
    }

    /// Every finding, in order of time.
    public func findings(_ series: BarSeries) -> [QualityFinding] {
        let found = gaps(series) + faults(series) + stale(series) + zeroVolume(series) + splits(series) + spikes(series)
        return found.sorted { ($0.from, $0.kind.rawValue) < ($1.from, $1.kind.rawValue) }
    }

    private func gaps(_ series: BarSeries) -> [QualityFinding] {
        (series.gaps(length, expected) ?? []).map { gap in
            QualityFinding(
                kind: .gap, from: gap.from, to: gap.to, bars: gap.missing, figure: nil,
                message: gap.missing == 1 ? "one bar is missing" : "\(gap.missing) bars are missing",
                advice: "Import the missing stretch, or leave it where nothing was traded")
        }
    }

    private func faults(_ series: BarSeries) -> [QualityFinding] {
        series.indices.compactMap { index in
            let bar = series[index]
            if let fault = bar.fault {
                return finding(.impossible, bar, bar, 1, nil, fault.rawValue, "Replace the bar from a better source")
            }
            guard index > series.startIndex, bar.start < series[index - 1].end else { return nil }
            return finding(
                .overlap, bar, bar, 1, nil, "begins before the bar before it has ended", "Import the file again")
        }
    }

    private func stale(_ series: BarSeries) -> [QualityFinding] {
        var found: [QualityFinding] = []
        var first = series.startIndex
        for index in series.indices.dropFirst() where !samePrices(series[index], series[index - 1]) {
            if let run = run(series, first..<index) { found.append(run) }
            first = index
        }
        if let run = run(series, first..<series.endIndex) { found.append(run) }
        return found
    }

    private func run(_ series: BarSeries, _ range: Range<Int>) -> QualityFinding? {
        guard range.count >= staleRun, range.count > 1 else { return nil }
        let first = series[range.lowerBound]
        return finding(
            .stale, first, series[range.upperBound - 1], range.count, first.close.double,
            "\(range.count) bars in a row have the same prices, close \(first.close)",
            "Check whether trading was halted; else replace them")
    }

    private func samePrices(_ left: Bar, _ right: Bar) -> Bool {
        left.open == right.open && left.high == right.high && left.low == right.low && left.close == right.close
    }

    private func zeroVolume(_ series: BarSeries) -> [QualityFinding] {
        var count = 0
        var first: Bar?
        var last: Bar?
        for bar in series where bar.volume == 0 {
            count += 1
            first = first ?? bar
            last = bar
        }
        guard let first, let last else { return [] }
        let isAll = count == series.count
        return [
            finding(
                .zeroVolume, first, last, count, nil,
                isAll ? "no bar has a volume" : "\(count) of \(series.count) bars have no volume",
                isAll
                    ? "The source gives none: rules that need volume cannot be used"
                    : "Check whether nothing was traded then")
        ]
    }

    // MARK: - Moves

    private static let ratios: [Double] = [1.5, 2, 3, 4, 5, 7, 10, 20]

    /// Overnight moves close to the ratio of a split, after which prices stay where they went.
    private func splits(_ series: BarSeries) -> [QualityFinding] {
        series.indices.dropFirst().compactMap { index in
            let (before, bar) = (series[index - 1], series[index])
            guard length.isDaily || bar.start > before.end, bar.open.raw > 0 else { return nil }
            let move = before.close.double / bar.open.double
            guard let ratio = QualityCheck.splitRatio(move), stays(series, index) else { return nil }
            let text = ratio >= 1 ? "\(plain(ratio)) for 1" : "1 for \(plain(1 / ratio))"
            return finding(
                .splitLike, bar, bar, 1, ratio,
                "the price goes from \(before.close) to \(bar.open) overnight, as in a split of \(text)",
                "If there was one, import its date and ratio and adjust when reading")
        }
    }

    /// The split nearest to a move, if it is within 6 percent of it (4 percent for three for two).
    private static func splitRatio(_ move: Double) -> Double? {
        let candidates = ratios + ratios.map { 1 / $0 }
        return candidates.first { ratio in
            let tolerance = ratio == 1.5 || ratio == 1 / 1.5 ? 0.04 : 0.06
            return abs(move / ratio - 1) < tolerance
        }
    }

    /// Neither is the move undone afterwards, nor does it undo one before.
    private func stays(_ series: BarSeries, _ index: Int) -> Bool {
        let earlier = series[max(index - 6, series.startIndex)]
        guard abs(earlier.close.double / series[index - 1].close.double - 1) < 0.25 else { return false }
        let later = series[min(index + 5, series.endIndex - 1)]
        return abs(later.close.double / series[index].open.double - 1) < 0.25
    }

    private func spikes(_ series: BarSeries) -> [QualityFinding] {
        guard series.count > 2 else { return [] }
        return (series.startIndex + 1..<series.endIndex - 1).compactMap { index in
            let bar = series[index]
            let (before, after) = (series[index - 1].close.double, series[index + 1].close.double)
            let move = bar.close.double / before - 1
            guard abs(move) > spike, abs(after / before - 1) < spike / 4 else { return nil }
            return finding(
                .spike, bar, bar, 1, move, "the close \(bar.close) lies alone between \(before) and \(after)",
                "Compare with another source; replace the bar if it is wrong")
        }
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String((value * 100).rounded() / 100)
    }

    private func finding(
        _ kind: QualityFinding.Kind, _ first: Bar, _ last: Bar, _ bars: Int, _ figure: Double?, _ message: String,
        _ advice: String
    ) -> QualityFinding {
        QualityFinding(
            kind: kind, from: first.start, to: last.end, bars: bars, figure: figure, message: message, advice: advice)
    }
}
