public import Determinism
public import TradingModel

/// Last prices, and the closes and turnovers of past days, for every instrument.
///
/// A day is a UTC day; a bar that ends at midnight belongs to the day that is over.
@usableFromInline
struct MarketStatistics: Sendable, Hashable, Codable {
    /// An instrument's running day.
    @usableFromInline
    struct Today: Sendable, Hashable, Codable {
        /// The midnight that ends the running day, in nanoseconds.
        @usableFromInline var dayEnd = Int64.min
        /// Raw price times volume, summed over the running day.
        @usableFromInline var turnover = 0.0
        /// The last price; zero before the first.
        @usableFromInline var close: Int64 = 0
        /// When the last price was made.
        @usableFromInline var time = Int64.min
        /// How many days are complete.
        @usableFromInline var days = 0
        /// Half the distance of bid and ask over their middle; negative where no quote was seen.
        @usableFromInline var halfSpread = -1.0

        @usableFromInline init() {}
    }

    /// A complete day.
    struct Day: Sendable, Hashable, Codable {
        var number: Int64 = 0
        var close: Int64 = 0
        var turnover = 0.0
        /// The return since the day before it that the instrument traded; zero for the first.
        var gain = 0.0

        func gain(over earlier: Day) -> Double { Double(close) / Double(earlier.close) - 1 }
    }

    @usableFromInline var today: ContiguousArray<Today>
    /// `capacity` days an instrument, a ring each.
    var past: ContiguousArray<Day>
    let capacity: Int

    init(instruments: Int, capacity: Int) {
        self.capacity = capacity
        today = ContiguousArray(repeating: Today(), count: instruments)
        past = ContiguousArray(repeating: Day(), count: instruments * capacity)
    }

    @inlinable
    mutating func observe(_ index: Int, _ bar: Bar) {
        if bar.end.nanoseconds > today[index].dayEnd { startDay(index, at: bar.end.nanoseconds) }
        today[index].turnover += Swift.max(0, Double(bar.close.raw) * bar.volume)
        today[index].close = bar.close.raw
        today[index].time = bar.end.nanoseconds
    }

    mutating func observe(_ index: Int, _ price: Price, at time: Int64) {
        if time > today[index].dayEnd { startDay(index, at: time) }
        today[index].close = price.raw
        today[index].time = time
    }

    @usableFromInline
    mutating func startDay(_ index: Int, at time: Int64) {
        if let over = runningDay(index) {
            past[index * capacity + today[index].days % capacity] = over
            today[index].days += 1
        }
        let next = Timestamp(nanoseconds: time - 1).dayNumber + 1
        let (end, overflow) = next.multipliedReportingOverflow(by: 86_400_000_000_000)
        today[index].dayEnd = overflow ? .max : end
        today[index].turnover = 0
    }

    /// The running day so far; nil before the first price.
    func runningDay(_ index: Int) -> Day? {
        let running = today[index]
        guard running.close > 0 else { return nil }
        let number = Timestamp(nanoseconds: running.dayEnd - 1).dayNumber
        var day = Day(number: number, close: running.close, turnover: running.turnover)
        if running.days > 0 { day.gain = day.gain(over: past[slot(index, back: 1)]) }
        return day
    }

    /// Where the day `back` days ago is kept; 1 for the last complete one.
    func slot(_ index: Int, back: Int) -> Int {
        index * capacity + (today[index].days - back) % capacity
    }
}
