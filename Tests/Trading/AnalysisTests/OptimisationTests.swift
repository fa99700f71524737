import Accounting
import Analysis
import Determinism
import Testing
import TradingModel

@Suite struct OptimisationTests {
    private func covariance(_ random: inout SeededRandom, _ count: Int) throws -> SymmetricMatrix {
        let rows = (0..<count).map { _ in (0..<count + 20).map { _ in 0.02 * random.normal() } }
        let columns = rows.map { row in row.enumerated().map { $0.element + ($0.offset % 3 == 0 ? 0.01 : -0.005) } }
        return try #require(ShrunkCovariance(columns)).matrix
    }

    @Test func `two uncorrelated assets are weighed by inverse variance, or inverse deviation`() throws {
        let matrix = try #require(SymmetricMatrix([[0.04, 0], [0, 0.01]]))
        let least = try MinimumVariance(matrix, total: 1, cap: 1).weights
        #expect((least[0] - 0.2).magnitude < 1e-9 && (least[1] - 0.8).magnitude < 1e-9)
        let equal = try RiskParity(matrix, total: 1, cap: 1).weights
        #expect((equal[0] - 1.0 / 3).magnitude < 1e-9 && (equal[1] - 2.0 / 3).magnitude < 1e-9)
        let capped = try MinimumVariance(matrix, total: 1, cap: 0.6).weights
        #expect((capped[1] - 0.6).magnitude < 1e-12)
    }

    @Test(arguments: 0..<25) func `no exchange between two names lowers the variance`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let count = 2 + Int(seed)
        let matrix = try covariance(&random, count)
        let cap = max(1.5 / Double(count), 0.15)
        let solved = try MinimumVariance(matrix, total: 0.9, cap: cap).weights
        #expect((solved.reduce(0, +) - 0.9).magnitude < 1e-9)
        #expect(solved.allSatisfy { $0 >= 0 && $0 <= cap })
        let best = matrix.form(solved)
        for from in 0..<count {
            for to in 0..<count where to != from {
                let step = min(1e-3, solved[from], cap - solved[to])
                var other = solved
                other[from] -= step
                other[to] += step
                #expect(matrix.form(other) >= best * (1 - 1e-9))
            }
        }
    }

    @Test(arguments: 0..<25) func `every name under its cap carries the same risk, capped ones less`(seed: UInt64)
        throws
    {
        var random = SeededRandom(seed: seed)
        let count = 2 + Int(seed)
        let matrix = try covariance(&random, count)
        let cap = seed % 2 == 0 ? 1.0 : 1.1 / Double(count)
        let parity = try RiskParity(matrix, total: 1, cap: cap)
        #expect((parity.weights.reduce(0, +) - 1).magnitude < 1e-8)
        for (weight, slope) in zip(parity.weights, matrix.times(parity.weights)) {
            #expect(weight > 0 && weight <= cap)
            if weight < cap {
                #expect((weight * slope / parity.contribution - 1).magnitude < 1e-8)
            } else {
                #expect(weight * slope <= parity.contribution * (1 + 1e-8))
            }
        }
    }

    @Test func `what cannot be solved is an error that says why`() throws {
        let matrix = try #require(SymmetricMatrix([[0.04, 0], [0, 0]]))
        #expect(throws: OptimisationError.notPositive(place: 1)) { try MinimumVariance(matrix, total: 1, cap: 1) }
        #expect(throws: OptimisationError.notPositive(place: 1)) { try RiskParity(matrix, total: 1, cap: 1) }
        let fine = try #require(SymmetricMatrix([[0.04]]))
        #expect(throws: OptimisationError.infeasible(total: 1, count: 1, cap: 0.5)) {
            try MinimumVariance(fine, total: 1, cap: 0.5)
        }
        #expect(SymmetricMatrix([[1, 2], [3, 1]]) == nil)
        #expect(SymmetricMatrix([[.nan]]) == nil)
    }

    @Test func `two names that are the same share what they get`() throws {
        let twin = try #require(SymmetricMatrix([[0.04, 0.04], [0.04, 0.04]]))
        let weights = try MinimumVariance(twin, total: 1, cap: 0.7).weights
        #expect((weights.reduce(0, +) - 1).magnitude < 1e-9)
        #expect((twin.form(weights) - 0.04).magnitude < 1e-12)
    }

    @Test(arguments: PortfolioOptimisation.Method.allCases)
    func `weighs holdings and purchases, sells what is to be sold, and keeps its bounds`(
        method: PortfolioOptimisation.Method
    ) throws {
        var market = try SyntheticMarket(seed: 3, instruments: 12, bars: 200)
        for place in 0..<4 { try market.hold(InstrumentID(place), 500) }
        let signals = Signals.made(market.window, buy: [5, 6, 7, 8], sell: [1, 9])
        var node = PortfolioOptimisation()
        node.method = method
        node.cap = 0.2
        let target = try node.optimise(market.window, signals, market.portfolio)
        #expect(target.weights.map(\.instrument.index) == [0, 1, 2, 3, 5, 6, 7, 8])
        #expect(target[InstrumentID(1)]?.target == 0)
        #expect(target.weights.allSatisfy { (0...0.2).contains($0.target) })
        #expect((target.weights.reduce(0) { $0 + $1.target } - 0.9).magnitude < 1e-7)
        #expect((target.cash - 0.1).magnitude < 1e-7)
        #expect((target.weights.reduce(0) { $0 + ($1.riskContribution ?? 0) } - 1).magnitude < 1e-9)
        #expect(target.expectedVolatility > 0 && target.currentVolatility ?? 0 > 0)
    }

    @Test func `too short a history and a price that stands still are left out with a reason`() throws {
        let universe = Universe((0..<3).compactMap { Symbol("S\($0)").map { Instrument($0, .equity) } })
        var window = MarketWindow(universe: universe)
        var random = SeededRandom(seed: 1)
        for day in 0..<100 {
            let price = 100 + random.normal()
            try window.append(Made.bar(day: day, price, price, price, price), for: InstrumentID(0))
            try window.append(Made.bar(day: day, 5, 5, 5, 5), for: InstrumentID(1))
            if day > 70 { try window.append(Made.bar(day: day, price, price, price, price), for: InstrumentID(2)) }
        }
        let target = try PortfolioOptimisation().optimise(
            window, Signals.made(window, buy: [0, 1, 2]), Portfolio(cash: 1000, instruments: 3))
        #expect(target.excluded.map(\.instrument.index) == [1, 2])
        #expect(target[InstrumentID(0)]?.target == 0.1)
        #expect(target[InstrumentID(2)]?.target == 0)
    }

    @Test func `nothing to weigh is a target of cash, and no equity an error`() throws {
        let market = try SyntheticMarket(seed: 3, instruments: 2, bars: 100)
        let empty = try PortfolioOptimisation().optimise(
            market.window, Signals.made(market.window), market.portfolio)
        #expect(empty.weights.isEmpty && empty.cash == 1 && empty.turnover == 0 && empty.shrinkage == nil)
        #expect(throws: OptimisationError.noEquity) {
            try PortfolioOptimisation().optimise(
                market.window, Signals.made(market.window), Portfolio(cash: 0, instruments: 2))
        }
    }
}
