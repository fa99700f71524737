import Indicators
import ReferenceBars
import TradingModel

/// The million reference bars as indicators read them, and the timing of one indicator over them.
struct IndicatorInputs {
    private let bars: [PriceBar]
    private let columns: PriceColumns
    private static let rounds = 11

    init() {
        bars = ReferenceBars.minutes().map { PriceBar($0) }
        columns = PriceColumns(bars)
    }

    /// Processor time of three ways over the same bars: into memory that is ready, into fresh arrays, and bar by bar.
    ///
    /// Generic, so that the compiler makes one copy for each indicator, as it does where one is used by its type.
    func measure<I: BarIndicator>(_ name: String, _ indicator: I) -> [Measurement] {
        var output = [Double](repeating: .nan, count: I.Output.width * bars.count)
        var (batch, fresh, streaming): ([Double], [Double], [Double]) = ([], [], [])
        for round in 0...IndicatorInputs.rounds {
            let times = (
                processorSeconds { append(indicator, into: &output) },
                processorSeconds { keep(indicator.columns(over: columns)) },
                processorSeconds { stream(indicator, into: &output) }
            )
            // The first round warms caches and memory up.
            guard round > 0 else { continue }
            batch.append(perBar(times.0))
            fresh.append(perBar(times.1))
            streaming.append(perBar(times.2))
        }
        return [
            Measurement("indicator.\(name).batch", "ns/bar", of: batch),
            Measurement("indicator.\(name).columns", "ns/bar", of: fresh),
            Measurement("indicator.\(name).streaming", "ns/bar", of: streaming),
        ]
    }

    private func perBar(_ seconds: Double) -> Double { seconds * 1e9 / Double(bars.count) }

    private func append(_ indicator: some BarIndicator, into output: inout [Double]) {
        var copy = indicator
        var span = output.mutableSpan
        copy.append(columns, into: &span)
    }

    private func stream<I: BarIndicator>(_ indicator: I, into output: inout [Double]) {
        var copy = indicator
        var span = output.mutableSpan
        for index in bars.indices {
            (copy.update(bars[index]) ?? I.Output.absent).write(to: &span, at: index, stride: bars.count)
        }
    }

    /// Keeps the work from being left out.
    @inline(never)
    private func keep(_ columns: [[Double]]) {}
}
