import RiskControl
import TradingDesk
import TradingModel

/// Prices as people read them.
enum PriceText {
    /// Two decimals from 10 on, more for what is cheaper.
    static func of(_ price: Double?) -> String {
        guard let price else { return "-" }
        return NumberText.decimal(price, decimals: price.magnitude >= 10 ? 2 : price.magnitude >= 0.1 ? 4 : 8)
    }
}

/// How fast a market's time passes.
enum PaceText {
    /// `4 days a second`, `real time`, `at full speed`.
    static func of(_ speed: Double?) -> String {
        guard let speed else { return "at full speed" }
        for (seconds, unit) in [(86_400.0, "days"), (3600.0, "hours"), (60.0, "minutes")] where speed >= seconds {
            let count = speed / seconds
            return "\(NumberText.decimal(count, decimals: count == count.rounded() ? 0 : 1)) \(unit) a second"
        }
        return speed == 1 ? "real time" : "\(NumberText.decimal(speed, decimals: speed >= 10 ? 0 : 1)) times real time"
    }
}

/// What the risk gate lets through, and why, for a person.
enum StateText {
    static func of(_ state: TradingState) -> Board.Trading {
        switch state {
        case .active: .active
        case .reduceOnly(let reason): .reduceOnly("\(reason); 'bellwether resume' lifts it")
        case .halted(let reason): .halted(of(reason))
        }
    }

    /// What happened and what ends it.
    static func of(_ reason: HaltReason) -> String {
        switch reason {
        case .dailyLoss(let start, let equity, let limit):
            "daily loss: \(change(from: start, to: equity)) today, the limit is \(percent(limit)); the next day lifts it"
        case .drawdown(let peak, let equity, let limit):
            "drawdown: \(change(from: peak, to: equity)) below the peak, the limit is \(percent(limit)); "
                + "'bellwether resume' lifts it"
        case .volatility(let actual, let limit):
            "volatility: \(percent(actual)) a year, the limit is \(percent(limit)); a calmer day lifts it"
        case .manual(let reason): "\(reason); 'bellwether resume' lifts it"
        }
    }

    static func of(_ control: DeskControl) -> String {
        switch control.action {
        case .halt(let reason): "halt: \(reason)"
        case .resume: "resume"
        case .reduceOnly(let reason): "reduce-only: \(reason)"
        case .flatten(let reason): "flatten: \(reason)"
        case .limits(_, let reason): "other limits: \(reason)"
        case .order(let ticket):
            "order: \(ticket.side.rawValue) \(ticket.symbol): \(ticket.reason)"
        case .proposal(let intents, _): "\(intents.count) orders of \(control.request ?? "a workflow")"
        }
    }

    private static func change(from start: Money, to end: Money) -> String {
        let share = start > 0 ? end.double / start.double - 1 : nil
        return
            "\(NumberText.decimal(end.double - start.double, signed: true)) (\(NumberText.percent(share, signed: true)))"
    }

    private static func percent(_ share: Double) -> String { NumberText.percent(share, decimals: 1) }
}

/// Numbers inside sentences.
enum WordedNumbers {
    /// The text with its decimal numbers rounded: two decimals from 100 on, else four.
    static func rounded(_ text: String) -> String {
        map(text) { NumberText.decimal($0, decimals: $0.magnitude >= 100 ? 2 : 4) }
    }

    /// The text with its decimal numbers, which are fractions, as percent.
    static func percent(_ text: String) -> String {
        map(text) { NumberText.percent($0, decimals: 0) }
    }

    private static func map(_ text: String, _ write: (Double) -> String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let number = word.hasSuffix(",") ? word.dropLast() : word
            guard number.contains("."), let value = Double(number), value.isFinite else { return String(word) }
            return write(value) + word.dropFirst(number.count)
        }.joined(separator: " ")
    }
}
