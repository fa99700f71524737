public import Determinism
public import TradingModel

/// A bar of a simulated market.
public struct SimulatedBar: Sendable, Hashable {
    /// Whose bar it is.
    public let id: InstrumentID
    /// The bar.
    public let bar: Bar
}

/// A market that was made up: the bars of any number of instruments, by end and then by instrument.
///
/// Daily returns come from the whole market, a sector and the instrument itself, each with a volatility of its own that
/// clusters and rises when prices fall, and with rare jumps. Regimes let an instrument trend or revert for some weeks.
/// Days are filled with bars by random walks that end where the day does, so that bars of every length share their daily
/// closes. The bytes depend on seed, start, bar length and the instrument's name, class, sector and tick: other
/// instruments change nothing.
public struct SimulatedMarket: IteratorProtocol, Sendable {
    /// The instruments, known by their ids.
    public let universe: Universe
    /// What chance depends on.
    public let seed: UInt64
    /// How long a bar is; the last of a session may be shorter.
    public let barLength: BarLength
    /// Nothing begins before this moment.
    public let start: Timestamp
    /// How many bars have been delivered: with the same arguments and `skip` it brings back this very state.
    public private(set) var delivered = 0
    private var skeleton: MarketSkeleton
    private var nextDate: CivilDate
    private let lastDate: CivilDate
    private var today: BarMerge<[Bar]>

    /// Always true: nobody traded at these prices.
    public var isSimulated: Bool { true }

    /// A market that begins at `start` with bars of a day or shorter.
    public init(
        seed: UInt64, instruments: some Sequence<Instrument>, barLength: BarLength, start: Timestamp,
        equityCalendar: ExchangeCalendar = .newYorkStockExchange
    ) throws(FeedError) {
        guard barLength <= .day else {
            throw .lengthNotSupported(barLength, reason: "the simulated market makes bars of one day or shorter")
        }
        universe = Universe(instruments)
        self.seed = seed
        self.barLength = barLength
        self.start = start
        skeleton = MarketSkeleton(seed: seed, universe: universe, equityCalendar: equityCalendar)
        nextDate = start.date
        let isEquityOnly = universe.instruments.allSatisfy { $0.assetClass == .equity }
        lastDate = (isEquityOnly ? equityCalendar : .alwaysOpen).covers.upperBound
        today = BarMerge([], positions: [])
        openNextDay()
    }

    /// The end of the next bar; nil where the calendars end.
    public var nextEnd: Timestamp? { today.nextEnd }

    /// The next bar; nil where the calendars end.
    public mutating func next() -> SimulatedBar? {
        guard today.nextEnd != nil else { return nil }
        let (id, bar) = today.pop()
        delivered += 1
        if today.nextEnd == nil { openNextDay() }
        return SimulatedBar(id: id, bar: bar)
    }

    /// Passes over so many bars as if each had been taken; whole days cost microseconds an instrument.
    public mutating func skip(_ count: Int) {
        var left = count
        while left > 0, today.nextEnd != nil {
            _ = today.pop()
            delivered += 1
            left -= 1
            if today.nextEnd == nil {
                skipDays(&left)
                openNextDay()
            }
        }
    }

    /// What people would pay and ask after a bar: around its close, with the instrument's usual spread.
    public func quote(after bar: SimulatedBar) -> Quote {
        let path = skeleton.paths[bar.id.index]
        let tick = max(path.instrument.priceIncrement.raw, 1)
        let close = bar.bar.close.raw
        let ticks = max(1, Int64((Double(close) * path.profile.spread / Double(tick)).rounded()))
        let bid = max(close - ticks / 2 * tick, tick)
        let lot = max(path.instrument.lot.raw, 1)
        let size = max(1, Int64(min(bar.bar.volume / 50 * 1e8, 1e17)) / lot) * lot
        return Quote(
            time: bar.bar.end, bid: Price(raw: bid), ask: Price(raw: bid + ticks * tick), bidSize: Quantity(raw: size),
            askSize: Quantity(raw: size))
    }

    /// The headlines published after one moment and not after another, in order of time and then of symbol.
    ///
    /// They are made up as well, come only on days on which the instrument trades, and lead its price a little. The
    /// answer depends on the moments alone and not on how far the market has gone. Costs about 50 ns for each day and
    /// instrument.
    public func headlines(after first: Timestamp, through last: Timestamp) -> [Headline] {
        guard first < last, last > start else { return [] }
        let from = max(first.date, start.date)
        let found = (from.daysSinceEpoch...max(from, last.date).daysSinceEpoch).flatMap { days in
            headlines(on: CivilDate(daysSinceEpoch: days))
        }
        return found.filter { $0.published > first && $0.published <= last && $0.published >= start }
            .sorted { left, right in
                guard left.published == right.published else { return left.published < right.published }
                return left.symbols.lexicographicallyPrecedes(right.symbols)
            }
    }

    private func headlines(on date: CivilDate) -> [Headline] {
        let sessions = skeleton.sessions(on: date)
        return skeleton.paths.compactMap { path in
            sessions[path.instrument.assetClass] == nil ? nil : path.news.headline(on: date)
        }
    }

    /// Goes to the next day that has bars; leaves none where the calendars end.
    private mutating func openNextDay() {
        guard universe.count > 0 else { return }
        repeat {
            guard nextDate <= lastDate else { return }
            let isFirst = nextDate == start.date
            let day = skeleton.step(on: nextDate)
            let bars = skeleton.bars(of: day, length: barLength)
            today = merge(isFirst ? bars.map { $0.filter { $0.start >= start } } : bars)
            nextDate = nextDate.advanced(by: 1)
        } while today.nextEnd == nil
    }

    private func merge(_ bars: [[Bar]]) -> BarMerge<[Bar]> {
        let series = bars.enumerated().map { index, bars in
            BarMerge<[Bar]>.Series(id: InstrumentID(index), bars: bars, range: bars.indices)
        }
        return BarMerge(series, positions: series.map { _ in 0 })
    }

    /// Passes over whole days while at least as many bars are left to skip, and one more is to be opened after them.
    private mutating func skipDays(_ left: inout Int) {
        while nextDate <= lastDate {
            let count = barCount(on: nextDate)
            guard count <= left, left > 0 else { return }
            _ = skeleton.step(on: nextDate)
            nextDate = nextDate.advanced(by: 1)
            delivered += count
            left -= count
        }
    }

    private func barCount(on date: CivilDate) -> Int {
        let sessions = skeleton.sessions(on: date)
        let counts = sessions.mapValues { DayGrid.count(in: $0, length: barLength) }
        return universe.instruments.reduce(0) { $0 + (counts[$1.assetClass] ?? 0) }
    }
}
