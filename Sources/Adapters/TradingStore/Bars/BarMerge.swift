import Determinism
import MarketData
import TradingModel

/// Puts new bars among stored ones.
enum BarMerge {
    /// Both ascend; the result ascends and no bar begins before the one before it has ended.
    static func merge(
        _ stored: BarSeries?, _ new: BarColumns, replace: Bool, name: String
    ) throws(BarStoreError) -> (BarColumns, MergeReport) {
        guard let stored, stored.count > 0 else {
            return (new, MergeReport(added: new.count, identical: 0, replaced: 0))
        }
        var report = MergeReport()
        var bars = BarColumns()
        bars.reserve(stored.count + new.count)
        var old = stored.startIndex
        for index in 0..<new.count {
            let bar = new[index]
            while old < stored.endIndex, stored[old].start < bar.start {
                bars.append(stored[old])
                old += 1
            }
            if old < stored.endIndex, stored[old].start == bar.start {
                try decide(bar, stored[old], replace, &report, name)
                old += 1
            } else {
                report.added += 1
            }
            bars.append(bar)
        }
        for bar in stored[old...] { bars.append(bar) }
        try checkOverlap(bars, name)
        return (bars, report)
    }

    private static func decide(
        _ bar: Bar, _ stored: Bar, _ replace: Bool, _ report: inout MergeReport, _ name: String
    ) throws(BarStoreError) {
        if bar == stored {
            report.identical += 1
        } else if replace {
            report.replaced += 1
        } else {
            throw BarStoreError(
                .differing,
                "\(name) at \(bar.start): stored \(words(stored)), new \(words(bar)); replace it if the new one is right"
            )
        }
    }

    private static func words(_ bar: Bar) -> String {
        "\(bar.open) \(bar.high) \(bar.low) \(bar.close) volume \(bar.volume) until \(bar.end)"
    }

    private static func checkOverlap(_ bars: BarColumns, _ name: String) throws(BarStoreError) {
        for index in 1..<max(1, bars.count) where bars.start[index] < bars.end[index - 1] {
            throw BarStoreError(
                .conflict,
                "\(name): the bar at \(bars[index].start) begins before the one at \(bars[index - 1].start) has ended")
        }
    }
}
