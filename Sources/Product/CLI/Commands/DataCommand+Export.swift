import Configuration
import Foundation
import MarketData
import TradingModel
import TradingStore

extension DataCommand {
    private static let symbol = Argument.positional("symbol", .tradedSymbol, "The symbol")
    private static let length = Argument.option("bars", .barLength, "Which bars, where there are several lengths")
    private static let adjust = Argument.option(
        "adjust", .oneOf(Adjustment.self, "BASIS"), "Adjust prices by the splits and dividends stored")
    private static let output = Argument.option("output", short: "o", .path, "File to write, else standard output")
    private static let replace = Argument.flag("replace", "Replace the file where it exists")

    static let export = Command(
        "export", "Write stored bars as CSV that import reads back",
        discussion: """
            Columns: start, end, open, high, low, close, volume; times in ISO 8601, UTC. A file is written whole or not \
            at all, and no file is overwritten without --replace.
            """,
        takes: [
            symbol.parameter, length.parameter, DayRange.from.parameter, DayRange.to.parameter, adjust.parameter,
            output.parameter, replace.parameter,
        ],
        examples: [
            .init("bellwether data export AAPL --from 2014-01-01 --to 2014-12-31 > aapl-2014.csv", "One year"),
            .init("bellwether data export AAPL --adjust splits-and-dividends -o aapl.csv", "Adjusted, into a file"),
        ]
    ) { call in
        let days = try DayRange(call.arguments)
        let target = try call.arguments[output]
        if let target { try checkMayWrite(target, mayReplace: try call.arguments[replace]) }
        let bars = days.bars(try series(call), try assetClass(call))
        guard let target, target != "-" else {
            try BarStore.export(bars) { text throws(OutputClosed) in try call.console.output.write(text) }
            return .done
        }
        let count = try BarStore.export(bars, to: target)
        if call.console.isJSON {
            try call.console.print(["type": "export", "path": .text(target), "bars": .integer(count)])
        } else {
            try call.console.print("\(NumberText.grouped(count)) bars written to \(target.escapingControls)")
        }
        return .done
    }

    private static func series(_ call: Invocation) throws -> BarSeries {
        let store = try store(call)
        let key = try key(try call.arguments[symbol], try call.arguments[length], in: store)
        guard let store else { preconditionFailure("a key comes from a store") }
        guard let basis = try call.arguments[adjust]?.basis, try store.info(key).basis != basis else {
            return try store.series(key)
        }
        if try store.actions(key.symbol).isEmpty {
            call.console.note("no splits or dividends of \(key.symbol) are stored: its prices stay as they are")
        }
        return try store.series(key, adjustedTo: basis)
    }

    private static func assetClass(_ call: Invocation) throws -> AssetClass {
        let store = try store(call)
        let key = try key(try call.arguments[symbol], try call.arguments[length], in: store)
        return try store?.info(key).instrument.assetClass ?? .equity
    }

    /// A file is replaced by a new one, which would put an ordinary file in the place of a device.
    private static func checkMayWrite(_ path: String, mayReplace: Bool) throws {
        guard path != "-", FileBytes.exists(path) else { return }
        let name = path.escapingControls
        let kind = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        guard kind == .typeRegular || kind == .typeSymbolicLink else {
            throw CommandFailure("\(name) is no ordinary file; name a file, or leave --output out", code: "not_a_file")
        }
        guard mayReplace else {
            throw CommandFailure("\(name) exists already; --replace writes over it", code: "exists")
        }
    }
}
