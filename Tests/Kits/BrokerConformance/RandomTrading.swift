import Determinism
public import TradingModel

/// What may be done to a broker.
public enum TradingAction: Sendable {
    /// An intent is judged, and sent where approved.
    case send(Intent)
    /// The n-th last order sent is sent again.
    case repeatOrder(Int)
    /// The n-th last order is to be cancelled.
    case cancel(Int)
    /// The market does something.
    case market(MarketEvent)
}

/// Random orders and bars that depend on a seed alone: every kind of order, gaps, empty volume, day ends.
public struct RandomTrading: Sendable, Codable {
    private var random: SeededRandom
    private var prices: [Double]
    private var minute = 0
    private let volume: Double

    /// A stream of actions for so many instruments, whose bars have up to `volume` units.
    public init(seed: UInt64, instruments: Int, volume: Double = 2000) {
        random = SeededRandom(seed: seed)
        self.volume = volume
        prices = Array(repeating: 100, count: instruments)
    }

    /// The actions of so many minutes: in each, some orders, then a bar of every instrument.
    public mutating func actions(minutes: Int) -> [TradingAction] {
        (0..<minutes).flatMap { _ in nextMinute() }
    }

    /// The market alone.
    public mutating func events(minutes: Int) -> [MarketEvent] {
        actions(minutes: minutes).compactMap { if case .market(let event) = $0 { event } else { nil } }
    }

    private mutating func nextMinute() -> [TradingAction] {
        var actions: [TradingAction] = []
        while chance(0.5) { actions.append(trading()) }
        minute += 1
        for index in prices.indices { actions.append(.market(.bar(InstrumentID(index), bar(index)))) }
        if minute % 40 == 0 {
            let date = CivilDate(daysSinceEpoch: minute / 40)
            actions.append(.market(.dayEnded(date, at: .minute(minute))))
            actions.append(.market(.dayStarted(date.advanced(by: 1), at: .minute(minute))))
        }
        return actions
    }

    private mutating func trading() -> TradingAction {
        if chance(0.1) { return .cancel(number(1...6)) }
        if chance(0.05) { return .repeatOrder(number(1...3)) }
        return .send(intent())
    }

    /// Takes note of a price, so that intents lie near it.
    public mutating func see(_ id: InstrumentID, _ price: Price) {
        prices[id.index] = price.double
    }

    /// True with a probability.
    public mutating func chance(_ probability: Double) -> Bool { random.uniform() < probability }

    /// A random intent near the last price.
    public mutating func intent() -> Intent {
        let index = number(0...prices.count - 1)
        let isMoney = chance(0.2)
        let side: Side = isMoney || chance(0.55) ? .buy : .sell
        let size: OrderSize =
            isMoney ? .notional(Money(raw: Int64(number(500...20_000)) * 100_000_000)) : .units(units())
        let kind = kind(prices[index])
        let waits = kind.waits
        return Intent(
            instrument: InstrumentID(index), side: side, size: size, kind: kind,
            timeInForce: timeInForce(waits: waits), reduceOnly: !isMoney && chance(0.2),
            bracket: chance(0.5) ? bracket(prices[index], side) : nil, origin: "random")
    }

    private mutating func units() -> Quantity {
        Quantity(raw: Int64(number(1...60)) * 100_000_000)
    }

    private mutating func kind(_ price: Double) -> OrderKind {
        switch number(0...7) {
        case 3: .trailingStop(stop: nil, by: trail())
        case 0: .limit(near(price))
        case 1: .stop(near(price))
        case 2: .stopLimit(stop: near(price), limit: near(price))
        default: .market
        }
    }

    private mutating func trail() -> Trail {
        chance(0.5)
            ? .amount(tick(0.2 + random.uniform())) : .fraction(0.002 + 0.01 * random.uniform())
    }

    private mutating func timeInForce(waits: Bool) -> TimeInForce {
        switch number(0...(waits ? 5 : 7)) {
        case 0: .day
        case 6: .immediateOrCancel
        case 7: .fillOrKill
        default: .goodTilCancelled
        }
    }

    private mutating func bracket(_ price: Double, _ side: Side) -> Bracket {
        guard chance(0.3) else {
            return Bracket(
                stopLoss: chance(0.8) ? .distance(0.002 + 0.01 * random.uniform()) : nil,
                takeProfit: chance(0.8) ? .distance(0.002 + 0.02 * random.uniform()) : nil,
                trail: chance(0.3) ? trail() : nil)
        }
        let sign: Double = side == .buy ? 1 : -1
        return Bracket(
            stopLoss: .price(tick(price * (1 - sign * 0.01))), takeProfit: .price(tick(price * (1 + sign * 0.01))))
    }

    private mutating func bar(_ index: Int) -> Bar {
        let before = prices[index]
        let open = max(5, before * (1 + 0.002 * random.normal()) * (chance(0.03) ? 0.97 : 1))
        let close = max(5, open * (1 + 0.004 * random.normal()))
        prices[index] = close
        let high = max(open, close) * (1 + 0.003 * random.uniform())
        let low = min(open, close) * (1 - 0.003 * random.uniform())
        return .at(
            tick(close), minute: minute, open: tick(open), high: tick(high), low: tick(low),
            volume: chance(0.1) ? 0 : (random.uniform() * volume).rounded(.up))
    }

    private mutating func near(_ price: Double) -> Price { tick(price * (1 + 0.004 * random.normal())) }

    private func tick(_ price: Double) -> Price { Price(raw: Int64((price * 100).rounded()) * 1_000_000) }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
}

extension OrderKind {
    fileprivate var waits: Bool {
        switch self {
        case .market, .limit: false
        case .stop, .stopLimit, .trailingStop: true
        }
    }
}
