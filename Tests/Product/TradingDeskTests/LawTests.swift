import Accounting
import Determinism
import Foundation
import RiskControl
import Testing
import TradingDesk
import TradingEngine
import TradingModel

/// What holds of every run, whatever the market and the seed.
@Suite struct LawTests {
    private struct Report: Decodable {
        struct Traded: Decodable {
            let order: String
            let ordinal: UInt32
            let symbol: Symbol
            let side: Side
            let quantity, leaves: Quantity
            let price: Price
            let fee: Money
            let time: Timestamp
        }

        struct Exit: Decodable {
            let id: String
        }

        let order: String
        let fill: Traded?
        let exit: Exit?
    }

    private struct Decision: Decodable {
        struct Verdict: Decodable {
            struct Sent: Decodable {
                let id: String
                let reduceOnly: Bool
            }

            let approved: Bool
            let order: Sent?
        }

        let verdicts: [Verdict]
        let halt: String?
    }

    private static let controls: [Int: [DeskControl]] = [
        8: [.halt(reason: "a test")], 12: [.resume], 17: [.flatten(reason: "a test")], 22: [.resume],
    ]

    @Test(arguments: [3, 5, 7, 11, 19] as [UInt64])
    func `the portfolio is the fold of the recorded fills, and only what was approved is traded`(seed: UInt64) throws {
        let desk = try MemoryDesk(seed: seed)
        let run = try desk.run(controls: LawTests.controls)
        var portfolio = Portfolio(cash: desk.plan.capital, instruments: desk.plan.universe.count)
        var (allowed, fills, isHalted): (Set<String>, Int, Bool) = ([], 0, false)
        for record in run.records {
            switch record.kind {
            case .decision:
                let decision = try JSONDecoder().decode(Decision.self, from: record.body)
                let sent = decision.verdicts.compactMap { $0.approved ? $0.order : nil }
                if isHalted { #expect(sent.filter { !$0.reduceOnly }.isEmpty) }
                allowed.formUnion(sent.map(\.id))
                if decision.halt != nil { isHalted = true }
            case .control: isHalted = !String(decoding: record.body, as: UTF8.self).contains("resume")
            case .day: isHalted = String(decoding: record.body, as: UTF8.self).contains(#""state":"halted"#)
            case .report:
                let report = try JSONDecoder().decode(Report.self, from: record.body)
                if let exit = report.exit {
                    #expect(allowed.contains(report.order))
                    allowed.insert(exit.id)
                }
                guard let fill = report.fill else { break }
                #expect(allowed.contains(fill.order))
                try portfolio.apply(try LawTests.fill(fill, desk.plan.universe))
                fills += 1
            default: break
            }
        }
        #expect(fills == run.summary.counts.fills)
        #expect(portfolio.cash == run.summary.cash)
        #expect(portfolio.fees == run.summary.fees)
        let booked = run.state.loop.engine.portfolio
        #expect(portfolio.positions.map(\.quantity) == booked.positions.map(\.quantity))
        #expect(try portfolio.realisedProfit == booked.realisedProfit)
    }

    private static func fill(_ fill: Report.Traded, _ universe: Universe) throws -> Fill {
        Fill(
            order: try #require(OrderID(fill.order)), ordinal: fill.ordinal,
            instrument: try #require(universe.id(of: fill.symbol)), side: fill.side, quantity: fill.quantity,
            price: fill.price, fee: fill.fee, time: fill.time, leaves: fill.leaves)
    }

    @Test func `the same plan gives the same records, another seed or limit another tag`() throws {
        let desk = try MemoryDesk(seed: 11)
        #expect(try desk.run().records == desk.run().records)
        var other = desk.plan
        #expect(try other.tag == desk.plan.tag)
        other.seed = 12
        #expect(try other.runName != desk.plan.runName)
        other = desk.plan
        other.limits.maxDailyLoss = 0.005
        #expect(try other.runName != desk.plan.runName)
        #expect(try desk.plan.runName.hasPrefix("replay-"))
    }

    @Test func `the laws are shown on runs in which something happens`() throws {
        let runs = try [3, 5, 7, 11, 19].map { try MemoryDesk(seed: $0).run(controls: LawTests.controls) }
        #expect(runs.map(\.summary.counts.fills).reduce(0, +) > 10)
    }
}
