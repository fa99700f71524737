public import Determinism
public import TradingModel

// Values with defaults, each through its production initialiser.

extension Price: ExpressibleByFloatLiteral {
    /// The nearest price, for prices written in tests.
    public init(floatLiteral value: Double) {
        self = Price(nearest: value) ?? 0
    }
}

extension Timestamp {
    /// So many minutes after the epoch.
    public static func minute(_ number: Int) -> Timestamp {
        Timestamp(nanoseconds: Int64(number) * 60_000_000_000)
    }
}

extension Bar {
    /// The one-minute bar that ends at a minute: open, high and low are the close's unless given.
    public static func at(
        _ close: Price, minute: Int = 1, open: Price? = nil, high: Price? = nil, low: Price? = nil,
        volume: Double = 1_000_000
    ) -> Bar {
        let open = open ?? close
        return Bar(
            start: .minute(minute - 1), end: .minute(minute), open: open, high: high ?? max(open, close),
            low: low ?? min(open, close), close: close, volume: volume)
    }
}

extension InstrumentID {
    /// The first instrument of a test's universe.
    public static let first = InstrumentID(0)
}

extension Universe {
    /// Shares named `AA`, `AB`…, in whole units and cents.
    public static func shares(_ count: Int = 1) -> Universe {
        Universe((0..<count).compactMap { shareSymbol($0).map { Instrument($0, .equity) } })
    }

    /// One crypto pair, in hundred-millionths.
    public static var coin: Universe {
        Universe([Symbol("BTC/USDT")].compactMap { $0 }.map { Instrument($0, .crypto) })
    }

    private static func shareSymbol(_ number: Int) -> Symbol? {
        let letters = [UInt8(65 + number / 26 % 26), UInt8(65 + number % 26)]
        return Symbol(String(decoding: letters, as: UTF8.self))
    }
}

extension Intent {
    /// Wants to buy, by default at the market.
    public static func buy(
        _ units: Quantity, _ kind: OrderKind = .market, of instrument: InstrumentID = .first,
        _ timeInForce: TimeInForce = .goodTilCancelled, reduceOnly: Bool = false, stop: ExitLevel? = nil,
        target: ExitLevel? = nil
    ) -> Intent {
        order(.buy, .units(units), kind, instrument, timeInForce, reduceOnly, stop, target)
    }

    /// Wants to sell, by default at the market.
    public static func sell(
        _ units: Quantity, _ kind: OrderKind = .market, of instrument: InstrumentID = .first,
        _ timeInForce: TimeInForce = .goodTilCancelled, reduceOnly: Bool = false, stop: ExitLevel? = nil,
        target: ExitLevel? = nil
    ) -> Intent {
        order(.sell, .units(units), kind, instrument, timeInForce, reduceOnly, stop, target)
    }

    /// Wants to buy for an amount of money.
    public static func buy(
        worth amount: Money, _ kind: OrderKind = .market, of instrument: InstrumentID = .first,
        _ timeInForce: TimeInForce = .goodTilCancelled, stop: ExitLevel? = nil, target: ExitLevel? = nil
    ) -> Intent {
        order(.buy, .notional(amount), kind, instrument, timeInForce, false, stop, target)
    }

    private static func order(
        _ side: Side, _ size: OrderSize, _ kind: OrderKind, _ instrument: InstrumentID, _ timeInForce: TimeInForce,
        _ reduceOnly: Bool, _ stop: ExitLevel?, _ target: ExitLevel?
    ) -> Intent {
        let hasExits = stop != nil || target != nil
        return Intent(
            instrument: instrument, side: side, size: size, kind: kind, timeInForce: timeInForce,
            reduceOnly: reduceOnly, bracket: hasExits ? Bracket(stopLoss: stop, takeProfit: target) : nil,
            origin: "test")
    }
}
