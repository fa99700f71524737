import Accounting
import BrokerConformance
import Determinism
import Strategies
import TradingModel

/// Wants what it was told to want when a bar of the first instrument ends at a minute.
struct Scripted: Strategy {
    let plan: [Int: [Intent]]

    mutating func decide(_ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent]) {
        guard id == .first else { return }
        intents += plan[Int(bar.end.nanoseconds / 60_000_000_000)] ?? []
    }

    mutating func warmUp(_ id: InstrumentID, _ bar: Bar) {}
}

/// Wants random things of random kinds.
struct RandomStrategy: Strategy {
    private var trading: RandomTrading

    init(seed: UInt64, instruments: Int) {
        trading = RandomTrading(seed: seed, instruments: instruments)
    }

    mutating func decide(_ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent]) {
        trading.see(id, bar.close)
        while trading.chance(0.3) { intents.append(trading.intent()) }
    }

    mutating func warmUp(_ id: InstrumentID, _ bar: Bar) {}
}
