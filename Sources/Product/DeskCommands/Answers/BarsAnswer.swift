import Determinism
import Indicators
import TradingDesk
import TradingModel
import WorkflowModel

/// Bars of an instrument with indicators over them.
enum BarsAnswer {
    static let schema = ValueSchema.named(
        "Bars",
        .object([
            .init("symbol", .text), .init("simulated", .boolean), .init("bar_length", .text, "Such as 1d or 1m"),
            .init("bars", .list(barSchema), "Oldest first"),
            .init(
                "indicators", .map(.list(.anyObject)), "By the text that was asked for: time and outputs of each bar"),
        ]))

    private static let barSchema = ValueSchema.object([
        .init("time", .time, "When it ended"), .init("open", .number), .init("high", .number), .init("low", .number),
        .init("close", .number), .init("volume", .number),
    ])

    static func value(_ bars: [Bar], of symbol: Symbol, _ plan: DeskPlan, _ wanted: [IndicatorRequest]) -> Value {
        [
            "symbol": .text(symbol.name), "simulated": .boolean(plan.isSimulated),
            "bar_length": .text("\(plan.barLength)"), "bars": .list(bars.map(value)),
            "indicators": .object(Dictionary(wanted.map { ($0.text, $0.values(over: bars)) }) { $1 }),
        ]
    }

    private static func value(_ bar: Bar) -> Value {
        [
            "time": Value(bar.end), "open": Value(bar.open), "high": Value(bar.high), "low": Value(bar.low),
            "close": Value(bar.close), "volume": Value(bar.volume),
        ]
    }
}
