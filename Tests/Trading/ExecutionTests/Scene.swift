import BrokerConformance
import Determinism
import Execution
import Testing
import TradingModel

/// One case of a table: what is sent at minute 0, the bars that follow, and what the exchange says after `accepted`.
struct Scene: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var model = FillModel()
    var cash: Money?
    /// Bought at 100 before the case begins.
    var held: Quantity = 0
    let sent: [Intent]
    let bars: [Bar]
    let said: [String]

    init(_ name: String, _ sent: Intent, bars: [Bar], lines: [String]) {
        testDescription = name
        (self.sent, self.bars, said) = ([sent], bars, lines)
    }

    init(
        _ name: String, model: FillModel = FillModel(), cash: Money? = nil, held: Quantity = 0, _ sent: Intent...,
        bars: Bar..., said: String...
    ) {
        testDescription = name
        (self.model, self.cash, self.held) = (model, cash, held)
        (self.sent, self.bars, self.said) = (sent, bars, said)
    }

    /// Orders are numbered from 1; one that was needed to come by `held` is numbered before them and not shown.
    func play() throws -> [String] {
        let exchange = SimulatedExchange(.shares(), model: model, cash: cash)
        var run = try BrokerRun(exchange, .shares())
        if held > 0 {
            try run.perform(.send(.buy(held)))
            try run.perform(.market(.bar(.first, .at(100, minute: 0))))
            try run.perform(.market(.bar(.first, .at(100, minute: 1))))
        }
        let before = run.reports.count
        for intent in sent { try run.perform(.send(intent)) }
        for bar in bars { try run.perform(.market(.bar(.first, bar))) }
        return run.reports.dropFirst(before).filter { $0.outcome != .accepted }.map(\.line)
    }
}
