import Determinism
public import Execution
import Foundation
import RiskControl
import Testing
public import TradingModel

/// What every broker must keep, whatever is done to it; each check records an issue where the broker fails.
public struct BrokerConformance<B: Broker & Codable>: Sendable {
    private let universe: Universe
    private let make: @Sendable (Universe) -> B
    private let minutes = 160

    /// A suite over the brokers that `make` makes.
    public init(_ universe: Universe, make: @escaping @Sendable (Universe) -> B) {
        self.universe = universe
        self.make = make
    }

    private func actions(_ seed: UInt64) -> [TradingAction] {
        var trading = RandomTrading(seed: seed, instruments: universe.count)
        return trading.actions(minutes: minutes)
    }

    private func run(_ seed: UInt64) throws -> BrokerRun<B> {
        var run = try BrokerRun(make(universe), universe)
        try run.perform(actions(seed))
        return run
    }

    /// Every order is answered, lives as `OrderStateMachine` allows, and is silent after its end.
    public func ordersLiveLegally(seed: UInt64) throws {
        let run = try run(seed)
        #expect(!run.orders.isEmpty)
        var known = Set<OrderID>()
        for order in run.orders {
            #expect(known.insert(order.id).inserted, "two orders are named \(order.id)")
            var machine = OrderStateMachine(order)
            let reports = run.reports(of: order.id)
            if !run.exits.contains(order.id) { #expect(!reports.isEmpty, "no answer to \(order.id)") }
            for report in reports {
                let wasFinal = machine.state.isFinal
                #expect(try machine.handle(report.outcome) == .applied)
                if wasFinal, case .exitPlaced = report.outcome { continue }
                #expect(!wasFinal, "\(report.outcome) came after the end of \(order.id)")
            }
        }
        #expect(run.reports.allSatisfy { known.contains($0.order) })
    }

    /// What is filled and what is left come to the order's size after every fill, and no order gets more.
    public func fillsAddUp(seed: UInt64) throws {
        let run = try run(seed)
        for order in run.orders {
            var filled: Quantity = 0
            var spent: Money = 0
            for case .filled(let fill, _) in run.reports(of: order.id).map(\.outcome) {
                filled = try filled + fill.quantity
                spent = try spent + fill.price * fill.quantity + fill.fee
                switch order.size {
                case .units(let units):
                    let left = try units - fill.leaves
                    // An exit of a pair shrinks with the other one's fills.
                    #expect(run.exits.contains(order.id) ? left >= filled : left == filled)
                case .notional(let amount): #expect(spent <= amount)
                }
                #expect(fill.side == order.side && fill.instrument == order.instrument)
            }
        }
    }

    /// Reports come in the order of time, and nothing is filled before it was decided or after it is reported.
    public func timesAreTrue(seed: UInt64) throws {
        let run = try run(seed)
        let decided = Dictionary(uniqueKeysWithValues: run.orders.map { ($0.id, $0.decided) })
        for (earlier, later) in zip(run.reports, run.reports.dropFirst()) { #expect(earlier.time <= later.time) }
        for report in run.reports {
            guard case .filled(let fill, _) = report.outcome, let decided = decided[fill.order] else { continue }
            #expect(fill.time >= decided && fill.time <= report.time)
        }
    }

    /// Cancelling what is not there says nothing; cancelling what stands says so once.
    public func cancelIsSilentWhereNothingStands() throws {
        var run = try BrokerRun(make(universe), universe)
        var reports: [OrderReport] = []
        run.broker.cancel(OrderID(desk: 9, step: 9, ordinal: 9), at: .minute(1), reports: &reports)
        #expect(reports.isEmpty)
        try run.perform(.send(.buy(1, .limit(1))))
        #expect(try run.perform(.cancel(1)).map(\.outcome.isFinal) == [true])
        #expect(try run.perform(.cancel(1)).isEmpty)
    }

    /// An order that stands and is sent again stands once.
    public func sendingTwiceBuysOnce() throws {
        var run = try BrokerRun(make(universe), universe)
        try run.perform(.send(.buy(1)))
        #expect(try run.perform(.repeatOrder(1)).isEmpty)
        try run.perform(.market(.bar(.first, .at(100))))
        #expect(run.gate.held(.first) == 1)
    }

    /// A copy goes on as the original does, and does not feel what is done to the original.
    public func aCopyContinuesIdentically(seed: UInt64) throws {
        let actions = actions(seed)
        var original = try BrokerRun(make(universe), universe)
        try original.perform(actions.prefix(actions.count / 2))
        var copy = original
        try original.perform(actions.dropFirst(actions.count / 2))
        try copy.perform(actions.dropFirst(actions.count / 2))
        #expect(copy.reports == original.reports)
    }

    /// A broker that was written and read at any minute goes on as the one that was not.
    public func aCheckpointContinuesIdentically(seed: UInt64) throws {
        var reference = try BrokerRun(make(universe), universe)
        var restarted = reference
        for action in actions(seed) {
            try reference.perform(action)
            let bytes = try JSONEncoder().encode(restarted.broker)
            restarted.broker = try JSONDecoder().decode(B.self, from: bytes)
            try restarted.perform(action)
        }
        #expect(restarted.reports == reference.reports)
    }
}
