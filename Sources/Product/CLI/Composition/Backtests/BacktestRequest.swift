import DeskCommands
import Determinism
import Foundation
import Indicators
import MarketData
import TradingDesk
import TradingModel
import WorkflowModel

/// A backtest as it was asked for.
struct BacktestRequest: Sendable {
    private(set) var symbols: [Symbol] = []
    private(set) var isSimulated = false
    private(set) var from: CivilDate?
    private(set) var to: CivilDate?
    private(set) var bars: BarLength?
    /// nil for the pipeline as the settings have it.
    private(set) var decider: DeskPlan.Decider?
    private(set) var cash: Double?
    private(set) var fee: Double?
    private(set) var seed: Int?

    /// Reads a request; throws `CommandProblem` with every field that is wrong.
    init(_ value: Value) throws {
        var faults: [FieldFault] = []
        isSimulated = value["simulated"]?.boolean ?? false
        readSymbols(value, &faults)
        from = read(value, "from", "a day such as 2014-01-31", &faults) { $0.text.flatMap(CivilDate.init) }
        to = read(value, "to", "a day such as 2014-12-31", &faults) { $0.text.flatMap(CivilDate.init) }
        if let from, let to, from > to { faults.append(FieldFault("from", "must not be after 'to'")) }
        bars = read(value, "bars", "a bar length such as 1d", &faults) { $0.text.flatMap(BarLength.init) }
        cash = read(value, "cash", "above 0, at most 1e10", &faults) { $0.number(in: 1e-8...1e10) }
        fee = read(value, "fee", "from 0 to 0.1", &faults) { $0.number(in: 0...0.1) }
        seed = read(value, "seed", "a whole number from 0", &faults) { $0.integer.flatMap { $0 < 0 ? nil : Int($0) } }
        try readDecider(value, &faults)
        if !faults.isEmpty { throw CommandProblem.invalid(faults) }
    }

    private mutating func readSymbols(_ value: Value, _ faults: inout [FieldFault]) {
        let names = value["symbols"]?.list ?? []
        for (place, name) in names.enumerated() {
            guard let symbol = name.text.flatMap(Symbol.init) else {
                faults.append(FieldFault("symbols[\(place)]", "must be a symbol such as AAPL"))
                continue
            }
            symbols.append(symbol)
        }
        if symbols.isEmpty != isSimulated, faults.isEmpty {
            faults.append(FieldFault("symbols", "must name imported symbols, or 'simulated' must be true; not both"))
        }
    }

    private mutating func readDecider(_ value: Value, _ faults: inout [FieldFault]) throws {
        switch value["strategy"]?.text ?? "pipeline" {
        case "pipeline": decider = nil
        case "cross", "crossover":
            let fast = read(value, "fast", "from 1 to 100000", &faults) { $0.integer(in: 1...100_000) } ?? 10
            let slow = read(value, "slow", "from 1 to 100000", &faults) { $0.integer(in: 1...100_000) } ?? 50
            if fast >= slow { faults.append(FieldFault("fast", "must be below 'slow'")) }
            decider = .movingAverageCross(fast: try Period(fast), slow: try Period(slow))
        default: faults.append(FieldFault("strategy", "must be one of pipeline, cross"))
        }
    }

    /// What a field holds; nil where it is not given.
    private func read<Wanted>(
        _ value: Value, _ name: String, _ allowed: String, _ faults: inout [FieldFault],
        _ read: (Value) -> Wanted?
    ) -> Wanted? {
        guard let given = value[name], given != .null else { return nil }
        guard let found = read(given) else {
            faults.append(FieldFault(name, "must be \(allowed)"))
            return nil
        }
        return found
    }

    /// The settings with what the request changes.
    func settings(_ loaded: LoadedSettings) -> LoadedSettings {
        var settings = loaded.settings
        if let cash { settings.trading.capital = cash }
        if let fee { settings.trading.execution.feeRate = fee }
        if let seed { settings.simulation.seed = seed }
        if let bars { settings.simulation.barLength = bars.duration }
        return LoadedSettings(home: loaded.home, file: loaded.file, settings: settings, values: loaded.values)
    }
}

extension Value {
    fileprivate func number(in bounds: ClosedRange<Double>) -> Double? {
        number.flatMap { bounds.contains($0) ? $0 : nil }
    }

    fileprivate func integer(in bounds: ClosedRange<Int>) -> Int? {
        integer.flatMap { Int(exactly: $0) }.flatMap { bounds.contains($0) ? $0 : nil }
    }
}
