import Configuration
import MarketData
import TradingModel
import TradingStore

/// One instrument's bars, out of a file or out of the store, for a calculation.
struct BarChoice {
    private static let symbol = Argument.option("symbol", .tradedSymbol, "Which symbol of a file with several")
    private static let length = Argument.option("bars", .barLength, "Which bars, where there are several lengths")

    static let parameters = [symbol.parameter, length.parameter, DayRange.from.parameter, DayRange.to.parameter]

    /// All bars there are.
    let bars: BarSeries
    /// Those of the days asked for: a part of `bars`, with the same indices.
    let chosen: BarSeries
    let length: BarLength

    /// The bars that a word means: a file that exists comes before a symbol of that name.
    init(_ name: String, _ call: Invocation) throws {
        let days = try DayRange(call.arguments)
        let wanted = try call.arguments[BarChoice.length]
        let series: BarReading.Series
        if FileBytes.exists(name) {
            series = try BarChoice.read(name, try call.arguments[BarChoice.symbol], wanted, call.console)
        } else {
            series = try BarChoice.stored(name, wanted, call)
        }
        (bars, length) = (series.bars, series.length)
        chosen = days.bars(series.bars, series.instrument.assetClass)
    }

    private static func stored(_ name: String, _ length: BarLength?, _ call: Invocation) throws -> BarReading.Series {
        let store = try DataCommand.store(call)
        let keys = try store?.keys() ?? []
        guard let store, let symbol = Symbol(name), keys.contains(where: { $0.symbol == symbol }) else {
            throw CommandFailure(
                "there is no file '\(name.escapingControls)' and no stored bars of that name; see 'bellwether data list'",
                code: "not_found")
        }
        let key = try DataCommand.key(symbol, length, in: store)
        return BarReading.Series(
            instrument: try store.info(key).instrument, length: key.length, bars: try store.series(key),
            source: "stored")
    }

    private static func read(
        _ path: String, _ symbol: Symbol?, _ length: BarLength?, _ console: Console
    ) throws -> BarReading.Series {
        let reading = try reading(path, symbol, length)
        for warning in reading.warnings { console.note(warning.escapingControls) }
        if reading.series.count == 1 { return reading.series[0] }
        if let found = reading.series.first(where: { $0.instrument.symbol == symbol }) { return found }
        let names = reading.series.prefix(20).map { $0.instrument.symbol.name }
        guard let symbol else {
            throw names.isEmpty
                ? CommandFailure("\(path.escapingControls) holds no bars that can be used", code: "no_data")
                : CommandFailure(
                    "\(path.escapingControls) holds \(reading.series.count) symbols, choose with --symbol: "
                        + names.joined(separator: ", ") + (reading.series.count > 20 ? ", …" : ""), code: "symbols")
        }
        throw CommandFailure(
            "\(path.escapingControls) holds no \(symbol), but \(names.joined(separator: ", "))", code: "symbols")
    }

    /// A symbol names the bars only where the file does not show which they are.
    private static func reading(_ path: String, _ symbol: Symbol?, _ length: BarLength?) throws -> BarReading {
        var options = ImportOptions()
        options.barLength = length
        do {
            return try BarReading([path], options: options, sessions: RecordedMarket.sessions)
        } catch let error as ImportError where error.code == .unsaid && symbol != nil {
            options.symbol = symbol
            return try BarReading([path], options: options, sessions: RecordedMarket.sessions)
        }
    }
}
