import Configuration
import Determinism
import MarketData
import Synchronization
import TradingModel
import TradingStore

extension DataCommand {
    private enum Order: String, Sendable, CaseIterable {
        case monthFirst = "month-first"
        case dayFirst = "day-first"
    }

    private enum Mark: String, Sendable, CaseIterable {
        case start, end
    }

    private static let paths = Argument.repeatedPositional("path", .path, "Files, or folders with all below them")
    private static let symbol = Argument.option("symbol", .tradedSymbol, "The symbol, where the file does not show it")
    private static let asset = Argument.option("asset", .oneOf(AssetClass.self, "CLASS"), "Shares or crypto")
    private static let zone = Argument.option(
        "zone", .importZone, "Zone of times without an offset: America/New_York, UTC")
    private static let length = Argument.option("bars", .barLength, "How long a bar is; makes bars out of trades")
    private static let mark = Argument.option(
        "time-mark", .oneOf(Mark.self, "MARK"), "Whether times are the start or the end of bars")
    private static let order = Argument.option(
        "day-order", .oneOf(Order.self, "ORDER"), "How dates such as 03/04/2017 are meant")
    private static let columns = Argument.option(
        "columns", .list(of: .text("NAME")), "Names of the columns of a file without a header")
    private static let prices = Argument.option(
        "prices", .oneOf(PriceKind.self, "BASIS"), "What was done to the prices, where the file does not show it")
    private static let adjust = Argument.option(
        "adjust", .oneOf(Adjustment.self, "BASIS"), "Bring prices to this basis before they are stored")
    private static let sizeLimit = Argument.option(
        "size-limit", .integer(1...1_000_000), default: 4096, "Most MiB a file may hold unpacked")
    private static let quarantine = Argument.flag(
        "quarantine", "Import the good rows of a file with bad ones and list the bad ones in a file")
    private static let replace = Argument.flag("replace", "Let new bars take the place of stored ones that differ")
    private static let allBadRows = Argument.flag("all-bad-rows", "Show every bad row with its text")

    static let importing = Command(
        "import", "Import bars from files and say what was found",
        discussion: """
            Reads CSV and JSON as Yahoo, Quandl, Binance, Coinbase, Lean, NinjaTrader and others write it, plain or packed \
            by gzip or zip, and tells symbol, bar length, zone and kind of prices from the file; what was inferred is \
            said. A file with bad rows is refused as a whole, with every bad line named, unless --quarantine. Importing \
            the same file again changes nothing. The exit code is 1 where any file failed; the others are imported.
            """,
        takes: [
            paths.parameter, symbol.parameter, asset.parameter, zone.parameter, length.parameter, mark.parameter,
            order.parameter, columns.parameter, prices.parameter, adjust.parameter, quarantine.parameter,
            replace.parameter, allBadRows.parameter, sizeLimit.parameter,
        ],
        examples: [
            .init("bellwether data import ~/Downloads/AAPL.csv", "One file; everything is told from it"),
            .init("bellwether data import bars/daily --quarantine", "A folder, good rows of dirty files too"),
            .init("bellwether data import eurusd.csv --zone Europe/London --bars 1m", "What the file does not show"),
        ],
        action: runImport)

    private static func runImport(_ call: Invocation) async throws -> ExitCode {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        let paths = try call.arguments[paths]
        let plan = try plan(call.arguments)
        let store = try BarStore.open(home: home.path)
        let speaker = ImportSpeaker(call.console, isAll: try call.arguments[allBadRows])
        let summary = DataImport(into: store, sessions: RecordedMarket.sessions, expected: knownSessions).run(
            paths, plan, importedAt: SystemTime().now, progress: speaker.progress, onReport: speaker.tell)
        speaker.finish(summary)
        return summary.failed.isEmpty ? .done : .failed
    }

    private static func plan(_ arguments: ParsedArguments) throws -> ImportPlan {
        var plan = ImportPlan()
        plan.options.symbol = try arguments[symbol]
        plan.options.assetClass = try arguments[asset]
        plan.options.zone = try arguments[zone]
        plan.options.barLength = try arguments[length]
        plan.options.timeMark = try arguments[mark].map { $0 == .start ? .start : .end }
        plan.options.dayOrder = try arguments[order].map { $0 == .monthFirst ? .monthFirst : .dayFirst }
        plan.options.columns = try arguments[columns]
        plan.options.basis = try arguments[prices]?.basis
        plan.adjustTo = try arguments[adjust]?.basis
        plan.badRows = try arguments[quarantine] ? .quarantine : .refuse
        plan.replace = try arguments[replace]
        plan.sizeLimit = try arguments[sizeLimit] << 20
        return plan
    }
}

/// What prices can be brought to, as options name it.
enum Adjustment: String, Sendable, CaseIterable {
    case splits
    case splitsAndDividends = "splits-and-dividends"

    var basis: PriceBasis { self == .splits ? .splits : .splitsAndDividends }
}

/// What may have been done to prices, as options name it.
enum PriceKind: String, Sendable, CaseIterable {
    case asTraded = "as-traded"
    case splits
    case splitsAndDividends = "splits-and-dividends"

    var basis: PriceBasis {
        switch self {
        case .asTraded: .asTraded
        case .splits: .splits
        case .splitsAndDividends: .splitsAndDividends
        }
    }
}

extension PriceBasis {
    /// The word that options and JSON have for it.
    var option: String {
        switch self {
        case .asTraded: PriceKind.asTraded.rawValue
        case .splits: PriceKind.splits.rawValue
        case .splitsAndDividends: PriceKind.splitsAndDividends.rawValue
        }
    }
}

extension ValueKind where Value == String {
    /// A time zone by its IANA name.
    static var importZone: ValueKind {
        ValueKind("ZONE", write: { $0 }) { text throws(ValueProblem) in
            guard ZoneTable.zone(text) != nil else {
                throw ValueProblem(text, "is no time zone", allowed: "an IANA name such as America/New_York, or UTC")
            }
            return text
        }
    }
}
