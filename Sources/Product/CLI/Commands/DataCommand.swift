import Configuration
import Determinism
import MarketData
import TradingModel
import TradingStore

/// `bellwether data`: bars on disk.
enum DataCommand {
    static let command = Command(
        group: "data", "Import, list, quote, check and export bars",
        discussion: """
            Bars are kept under bars/ in the home folder, one file for each symbol and length, with checksums. What was \
            imported, from which file and how it was written is kept beside them.
            """,
        [importing, list, quote, check, export])

    // MARK: - The store

    /// The store of the home that a call names; nil where nothing was ever imported there.
    static func store(_ call: Invocation) throws -> BarStore? {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        return FileBytes.exists(home.path(of: "bars")) ? try BarStore.open(home: home.path) : nil
    }

    /// The sessions in which a missing bar is a gap: those of the calendar, where it is known.
    static func knownSessions(_ symbol: Symbol, _ assetClass: AssetClass) -> SessionBounds? {
        guard assetClass == .equity else { return nil }
        let calendar = ExchangeCalendar.of(.equity)
        return { date in calendar.session(on: date).map { ($0.open, $0.close) } }
    }

    /// `before 1990-01-01` where bars begin before their calendar does, so that gaps there cannot be known.
    static func calendarGap(_ first: Timestamp?, _ assetClass: AssetClass) -> String? {
        let begin = ExchangeCalendar.of(assetClass).covers.lowerBound
        guard assetClass == .equity, let first, first.date < begin else { return nil }
        return "before \(begin)"
    }

    /// The one stored series that a symbol and perhaps a length mean.
    static func key(_ symbol: Symbol, _ length: BarLength?, in store: BarStore?) throws -> BarKey {
        let stored = try store?.keys().filter { $0.symbol == symbol } ?? []
        guard !stored.isEmpty else {
            throw CommandFailure("there are no bars of \(symbol); see 'bellwether data list'", code: "not_found")
        }
        let fitting = stored.filter { length == nil || $0.length == length }
        let keys = fitting.contains { $0.kind == .trades } ? fitting.filter { $0.kind == .trades } : fitting
        let lengths = stored.map { "\($0.length)" }.joined(separator: ", ")
        guard let key = keys.first else {
            throw CommandFailure(
                "there are no bars of \(length.map { "\($0)" } ?? "any length") of \(symbol), but of \(lengths)",
                code: "not_found")
        }
        guard keys.count == 1 else {
            throw CommandFailure("\(symbol) has bars of \(lengths): choose with --bars", code: "bar_lengths")
        }
        return key
    }
}

/// The days of `--from` and `--to`, both included.
struct DayRange {
    static let from = Argument.option("from", .date, "First day")
    static let to = Argument.option("to", .date, "Last day")

    private let first: CivilDate?
    private let last: CivilDate?

    init(_ arguments: ParsedArguments) throws {
        (first, last) = (try arguments[DayRange.from], try arguments[DayRange.to])
        if let first, let last, first > last { throw UsageError("--from \(first) is after --to \(last)") }
    }

    /// The bars of those days, as the trading day of their class has it.
    func bars(_ series: BarSeries, _ assetClass: AssetClass) -> BarSeries {
        let rule = assetClass == .equity ? TradingDayRule.newYork : .utc
        let after = first.map { rule.start(of: $0) + .nanoseconds(1) }
        let until = last.map { rule.end(of: $0) + .nanoseconds(1) }
        return series.ending(from: after, to: until)
    }
}

extension ValueKind where Value == Symbol {
    /// A symbol such as `AAPL` or `BTC/USDT`.
    static var tradedSymbol: ValueKind {
        ValueKind("SYMBOL", write: \.name) { text throws(ValueProblem) in
            guard let symbol = Symbol(text) else {
                throw ValueProblem(text, "is no symbol", allowed: "up to 40 letters, digits and . - _ / : ^ =")
            }
            return symbol
        }
    }
}
