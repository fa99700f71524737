import Determinism
import WorkflowModel

/// The move of a price that a trigger waits for.
struct Move {
    let symbol: String
    let threshold: Double
    let direction: PriceDirection

    /// The size of the move in the wanted direction; negative where it went the other way.
    func size(_ change: Double) -> Double {
        switch direction {
        case .any: change.magnitude
        case .up: change
        case .down: -change
        }
    }

    var needed: String {
        switch direction {
        case .any: "\(Words.percent(threshold)) needed"
        case .up: "a rise of \(Words.percent(threshold)) needed"
        case .down: "a fall of \(Words.percent(threshold)) needed"
        }
    }
}

extension TriggerMachine {
    /// Measures from the price of the last firing, at first from the first price seen.
    mutating func findMove(_ move: Move, to price: Double, at time: Timestamp) -> Finding {
        guard price.isFinite, price > 0 else { return .quiet("\(price) is no price of \(move.symbol)") }
        guard let reference = state.reference else {
            state.reference = TriggerState.Reference(price: price, time: time)
            measure(.null, from: price, at: time)
            return .quiet("\(Words.number(price)) is the first price of \(move.symbol); moves count from it")
        }
        let change = (price - reference.price) / reference.price
        guard change.isFinite else {
            return .quiet("\(price) after \(reference.price) is no move that can be measured")
        }
        measure(.number(change), from: reference.price, at: time)
        let verb = change < 0 ? "fell" : "rose"
        let text = """
            \(move.symbol) \(verb) \(Words.percent(change.magnitude)) since \(Words.number(reference.price)) at \
            \(reference.time); \(move.needed)
            """
        // 102 after 100 is a move of 2 %, whatever the last bit of the quotient says.
        guard move.size(change) >= move.threshold - 1e-12 else { return .quiet(text) }
        return .cause(
            text,
            [
                "trigger": "price_change", "symbol": .text(move.symbol), "price": .number(price),
                "reference_price": .number(reference.price), "change": .number(change),
            ])
    }

    /// Compares a bar with the bars before it.
    mutating func findSpike(in bar: ObservedBar, multiplier: Double, at time: Timestamp) -> Finding {
        guard bar.volume.isFinite, bar.volume >= 0, bar.volume < 1e300 else {
            return .quiet("\(bar.volume) is no volume of \(bar.symbol)")
        }
        let before = state.volumes
        state.volumes = before.suffix(TriggerMachine.volumeBars - 1) + [bar.volume]
        guard before.count == TriggerMachine.volumeBars else {
            return .quiet("\(before.count) of \(TriggerMachine.volumeBars) bars seen, too few for an average")
        }
        let average = before.reduce(0, +) / Double(before.count)
        guard average > 0 else { return .quiet("nothing was traded in the last \(before.count) bars") }
        let ratio = bar.volume / average
        guard ratio.isFinite else { return .quiet("\(bar.volume) over an average of \(average) cannot be measured") }
        measure(.number(ratio), from: average, at: time)
        let text = """
            \(bar.symbol) traded \(Words.number(bar.volume)), \(Words.number(ratio)) times the average \
            \(Words.number(average)) of the last \(before.count) bars; \(Words.number(multiplier)) times needed
            """
        guard ratio >= multiplier - 1e-12 else { return .quiet(text) }
        return .cause(
            text,
            [
                "trigger": "volume_spike", "symbol": .text(bar.symbol), "volume": .number(bar.volume),
                "average_volume": .number(average), "ratio": .number(ratio),
            ])
    }

    /// Looks at the volatility index; at the symbol's own volatility only as long as no index was seen.
    mutating func findLevel(
        _ threshold: Double, of symbol: String?, in observation: Observation, at time: Timestamp
    ) -> Finding {
        switch observation {
        case .volatilityIndex(let level):
            state.indexSeen = true
            return findLevel(threshold, of: symbol, Reading(level, of: "the volatility index", at: time))
        case .realisedVolatility(let other, let level) where other == symbol && !state.indexSeen:
            return findLevel(threshold, of: symbol, Reading(level, of: "the volatility of \(other)", at: time))
        default: return .foreign
        }
    }

    /// A level that was read.
    private struct Reading {
        let level: Double
        let name: String
        let time: Timestamp

        init(_ level: Double, of name: String, at time: Timestamp) {
            (self.level, self.name, self.time) = (level, name, time)
        }
    }

    private mutating func findLevel(_ threshold: Double, of symbol: String?, _ reading: Reading) -> Finding {
        let (level, name) = (reading.level, reading.name)
        guard level.isFinite, level >= 0 else { return .quiet("\(level) is no level of \(name)") }
        measure(.number(level), at: reading.time)
        let rearm = threshold * TriggerMachine.rearmShare
        if level < rearm { state.armed = true }
        guard level >= threshold else {
            let note = state.armed ? "" : ", and under \(Words.number(rearm)) first, since it has fired"
            return .quiet("\(name) is \(Words.number(level)); \(Words.number(threshold)) needed\(note)")
        }
        guard state.armed else {
            return .quiet(
                "\(name) is \(Words.number(level)) and has not been under \(Words.number(rearm)) since it fired")
        }
        var input: [String: Value] = [
            "trigger": "volatility", "level": .number(level), "threshold": .number(threshold),
        ]
        if let symbol { input["symbol"] = .text(symbol) }
        return .cause("\(name) is \(Words.number(level)); \(Words.number(threshold)) needed", input)
    }
}
