import TradingDesk
import TradingModel
import WorkflowModel

/// What is traded.
enum InstrumentAnswer {
    static let schema = ValueSchema.named(
        "Instrument",
        .object([
            .init("symbol", .text), .init("simulated", .boolean), .init("asset_class", .choice(["equity", "crypto"])),
            .init("lot", .number, "The smallest step of a quantity"),
            .init("price_increment", .number, "The smallest step of its price"), .init("sector", .text.orNull),
            .init("bar_length", .text, "Such as 1d or 1m"),
        ]))

    static func values(_ plan: DeskPlan) -> [Value] {
        plan.universe.instruments.map { instrument in
            [
                "symbol": .text(instrument.symbol.name), "simulated": .boolean(plan.isSimulated),
                "asset_class": .text(instrument.assetClass.rawValue), "lot": Value(instrument.lot),
                "price_increment": Value(instrument.priceIncrement), "sector": Value(instrument.sector),
                "bar_length": .text("\(plan.barLength)"),
            ]
        }
    }
}
