public import Determinism
public import TradingModel

// What holding costs: charged from cash here, and told to the account as charges.
extension SimulatedExchange {
    /// What an instrument's position is charged by.
    struct Holding: Sendable, Hashable, Codable {
        let isPerpetual: Bool
        var price: Price?
        /// Until when funding is settled, in nanoseconds since the epoch.
        var settled: Int64?
    }

    @inlinable public var hasCharges: Bool { carries && !charges.isEmpty }

    public mutating func takeCharges() -> [Charge] {
        defer { charges.removeAll(keepingCapacity: true) }
        return charges
    }

    /// Learns a price, and funds what is held of a crypto pair.
    @usableFromInline
    mutating func carry(_ id: InstrumentID, _ bar: Bar) throws(Overflow) {
        guard let carry = model.carry, var holding = books[id.index].holding else { return }
        let from = holding.settled ?? bar.start.nanoseconds
        holding.price = bar.close
        holding.settled = max(from, bar.end.nanoseconds)
        books[id.index].holding = holding
        guard holding.isPerpetual, carry.fundingRate.raw != 0 else { return }
        let times = carry.fundingTimes(after: from, through: bar.end.nanoseconds)
        guard times > 0, books[id.index].held.raw != 0 else { return }
        let value = try bar.close * books[id.index].held
        let once = try value.fraction(carry.fundingRate)
        let (amount, isOver) = once.raw.multipliedReportingOverflow(by: Int64(times))
        if isOver { throw Overflow("funding") }
        try charge(
            Charge(
                instrument: id, kind: .funding, amount: Money(raw: amount), value: value, rate: carry.fundingRate,
                periods: times,
                time: bar.end))
    }

    /// Charges the calendar days since the last trading day for what is sold short.
    @usableFromInline
    mutating func startDay(_ date: CivilDate, at time: Timestamp) throws(Overflow) {
        guard let carry = model.carry, carry.borrowRate.raw > 0 else { return }
        let days = day.map { date.daysSinceEpoch - $0.daysSinceEpoch } ?? 0
        day = date
        guard days > 0 else { return }
        for index in books.indices where books[index].held.raw < 0 {
            guard let holding = books[index].holding, !holding.isPerpetual, let price = holding.price else { continue }
            let value = try price * books[index].held
            let amount = try value.magnitude.interest(carry.borrowRate, days: days)
            try charge(
                Charge(
                    instrument: InstrumentID(index), kind: .borrow, amount: amount, value: value,
                    rate: carry.borrowRate, periods: days, time: time))
        }
    }

    private mutating func charge(_ charge: Charge) throws(Overflow) {
        if let balance = cash { cash = try balance - charge.amount }
        charges.append(charge)
    }
}
