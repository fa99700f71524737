import Determinism
import TradingModel

/// Makes a series of bars out of one instrument's rows: order, zone, length, start and end.
struct SeriesBuilder {
    let layout: TableLayout
    let format: TimeFormat
    let path: String
    let file: String
    let options: ImportOptions
    let context: ImportContext
    private(set) var bad: [BadRow] = []
    private(set) var notes: [String] = []
    private(set) var zone = "UTC"

    private var isDateOnly: Bool { format.isDateOnly && layout.columns[.clock] == nil }

    private static let day: Int64 = 86_400_000_000_000

    init(_ layout: TableLayout, _ format: TimeFormat, path: String, options: ImportOptions, context: ImportContext) {
        self.layout = layout
        self.format = format
        self.path = path
        file = path.split(separator: "/").last.map(String.init) ?? path
        self.options = options
        self.context = context
    }

    mutating func build(_ raw: RawRows, _ symbol: Symbol) throws(ImportError) -> ParsedSeries? {
        let order = RowOrder(raw, timeColumn: layout.name(layout.columns[.time]))
        bad += order.bad
        if order.wasDescending { notes.append("newest first: turned round") }
        let assetClass = assetClass(symbol)
        var rows = order.rows
        if !isDateOnly { try toUTC(&rows, assetClass) } else { zone = "dates only" }
        guard rows.count > 0 else { return nil }
        let length = try length(rows)
        removeOverlaps(&rows, length)
        let bars = length.isDaily ? days(rows, symbol, assetClass, length) : moments(rows, length)
        guard bars.count > 0 else { return nil }
        return ParsedSeries(
            symbol: symbol, assetClass: assetClass, kind: layout.dialect == .leanQuote ? .quotes : .trades,
            barLength: length, bars: bars, actions: rows.actions.sorted(), basis: basis(rows, bars))
    }

    mutating func assetClass(_ symbol: Symbol) -> AssetClass {
        if let said = options.assetClass { return said }
        let (assetClass, because) = SymbolInference.assetClass(symbol, path: path, dialect: layout.dialect)
        notes.append("\(symbol) taken for \(assetClass.rawValue): \(because)")
        return assetClass
    }

    // MARK: - Zone

    private mutating func toUTC(_ rows: inout RawRows, _ assetClass: AssetClass) throws(ImportError) {
        guard !format.isInstant else { return }
        let zone = try localZone(rows, assetClass)
        self.zone = zone.name
        guard zone.name != "UTC" else { return }
        var kept: [Int] = []
        var hour = Int64.min
        var offset: Int64?
        for index in rows.time.indices {
            let local = rows.time[index] / 1_000_000_000
            if local / 900 != hour {
                hour = local / 900
                offset = zone.offset(local)
            }
            if let offset {
                rows.time[index] -= offset * 1_000_000_000
                kept.append(index)
            } else {
                refuse(rows, index, .skippedTime)
            }
        }
        if kept.count < rows.count { rows = rows.picking(kept) }
    }

    private mutating func localZone(_ rows: RawRows, _ assetClass: AssetClass) throws(ImportError) -> ImportZone {
        if let name = options.zone { return try resolve(name) }
        switch layout.dialect {
        case .ninjaTrader, .leanTrade, .leanQuote: return .utc
        default: break
        }
        if assetClass == .crypto {
            notes.append("times have no offset: taken for UTC, as is usual for crypto")
            return .utc
        }
        let isDaily = rows.time.allSatisfy { $0 % SeriesBuilder.day == 0 }
        guard isDaily || SeriesBuilder.fitsNewYork(rows.time) else {
            throw ImportError(.unsaid, "the times of \(file) have no offset and fit no known session: say their zone")
        }
        if isDaily { return .utc }
        notes.append("times have no offset: taken for America/New_York, as they lie between 9:30 and 16:00")
        return try resolve("America/New_York")
    }

    private func resolve(_ name: String) throws(ImportError) -> ImportZone {
        guard let zone = context.zone(name) else {
            throw ImportError(.unsaid, "there is no time zone called '\(BadRow.readable(name))'; use an IANA name")
        }
        return zone
    }

    private static func fitsNewYork(_ times: [Int64]) -> Bool {
        let minute: Int64 = 60_000_000_000
        var earliest = Int64.max
        for time in times {
            let ofDay = (time % day + day) % day
            guard ofDay >= 570 * minute, ofDay <= 960 * minute else { return false }
            earliest = min(earliest, ofDay)
        }
        return earliest <= 600 * minute
    }

    // MARK: - Length

    private mutating func length(_ rows: RawRows) throws(ImportError) -> BarLength {
        if let said = options.barLength { return said }
        if let length = LengthInference.length(rows.time) {
            notes.append("bars of \(length), told from the distances between them")
            return length
        }
        if let length = LengthInference.length(path: path) {
            notes.append("bars of \(length), told from the file's name")
            return length
        }
        guard rows.count == 1, isDateOnly else {
            throw ImportError(.unsaid, "the times of \(file) do not show how long its bars are: say the length")
        }
        notes.append("one row with a date alone: taken for a bar of a day")
        return .day
    }

    private mutating func removeOverlaps(_ rows: inout RawRows, _ length: BarLength) {
        let step = Int64(length.seconds) * 1_000_000_000
        // Daily bars follow sessions, which are an hour nearer when clocks change.
        let least = length.isDaily ? step - 3_600_000_000_000 : step
        guard rows.end.isEmpty, hasOverlap(rows.time, least) else { return }
        var kept: [Int] = []
        var latest = Int64.min / 2
        for index in rows.time.indices {
            if rows.time[index] - latest < least {
                refuse(rows, index, .overlaps)
            } else {
                kept.append(index)
                latest = rows.time[index]
            }
        }
        rows = rows.picking(kept)
    }

    private func hasOverlap(_ times: [Int64], _ least: Int64) -> Bool {
        for index in times.indices.dropFirst() where times[index] - times[index - 1] < least { return true }
        return false
    }

    // MARK: - Start and end

    private mutating func moments(_ rows: RawRows, _ length: BarLength) -> BarColumns {
        var bars = prices(rows)
        let step = Int64(length.seconds) * 1_000_000_000
        guard rows.end.isEmpty else {
            bars.start = rows.time
            bars.end = rows.end
            return bars
        }
        if mark == .start {
            bars.start = rows.time
            bars.end = rows.time.map { $0 + step }
        } else {
            bars.end = rows.time.map { inclusive($0, step) }
            bars.start = bars.end.map { $0 - step }
        }
        return bars
    }

    private var mark: TimeMark { options.timeMark ?? layout.mark }

    /// An end of 12:04:59.999 means 12:05.
    private func inclusive(_ time: Int64, _ step: Int64) -> Int64 {
        layout.endIsInclusive && (time + 1_000_000) % step == 0 ? time + 1_000_000 : time
    }

    private mutating func days(_ rows: RawRows, _ symbol: Symbol, _ class: AssetClass, _ length: BarLength)
        -> BarColumns
    {
        if !rows.end.isEmpty { return moments(rows, length) }
        let sessions = length == .day ? context.sessions(symbol, `class`) : nil
        if sessions == nil, `class` == .equity, length == .day {
            notes.append("no trading calendar is known: each day runs from midnight to midnight UTC")
        }
        let step = Int64(length.seconds) * 1_000_000_000
        var bars = BarColumns()
        var kept: [Int] = []
        for (index, date) in dates(rows, `class`).enumerated() {
            guard let sessions else {
                bars.start.append(date)
                bars.end.append(date + step)
                continue
            }
            guard let session = sessions(Timestamp(nanoseconds: date).date) else {
                refuse(rows, index, .noSession)
                continue
            }
            kept.append(index)
            bars.start.append(session.start.nanoseconds)
            bars.end.append(session.end.nanoseconds)
        }
        let priced = sessions == nil || kept.count == rows.count ? prices(rows) : prices(rows.picking(kept))
        var result = priced
        result.start = bars.start
        result.end = bars.end
        return result
    }

    /// Midnights of the days that daily bars stand for: moments that are midnight in New York, or in the zone said,
    /// stand for the day there.
    private func dates(_ rows: RawRows, _ class: AssetClass) -> [Int64] {
        let day = SeriesBuilder.day
        if isDateOnly || rows.time.allSatisfy({ $0 % day == 0 }) { return rows.time }
        guard `class` == .equity, let zone = context.zone(options.zone ?? "America/New_York") else { return rows.time }
        let local = rows.time.map { time -> Int64 in
            let seconds = time / 1_000_000_000
            let guess = zone.offset(seconds) ?? 0
            return time + (zone.offset(seconds + guess) ?? guess) * 1_000_000_000
        }
        return local.map { $0 - ($0 % day + day) % day }
    }

    private func prices(_ rows: RawRows) -> BarColumns {
        var bars = BarColumns()
        bars.open = rows.open
        bars.high = rows.high
        bars.low = rows.low
        bars.close = rows.close
        bars.volume = rows.volume
        return bars
    }

    private mutating func refuse(_ rows: RawRows, _ index: Int, _ reason: BadRow.Reason) {
        let moment = Timestamp(nanoseconds: rows.time[index])
        let text = moment.nanosecondsOfDay == 0 ? moment.date.description : moment.description
        let column = layout.name(layout.columns[.time])
        bad.append(BadRow(line: Int(rows.line[index]), column: column, text: text, reason: reason))
    }

    // MARK: - What was done to the prices

    private mutating func basis(_ rows: RawRows, _ bars: BarColumns) -> PriceBasis? {
        if let said = options.basis { return said }
        switch layout.dialect {
        case .yahoo: return .splits
        case .quandlWiki: return .asTraded
        default: break
        }
        guard let shown = SplitEvidence(bars, rows.actions).basis else { return nil }
        let words = shown == .asTraded ? "the price jumps at a split" : "the price does not jump at a split"
        notes.append("\(words): prices taken for \(shown == .asTraded ? "as traded" : "adjusted for splits already")")
        return shown
    }
}
