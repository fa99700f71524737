import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Steps that look at news and prices.
enum MarketSteps {
    static let all = [
        news, technical, technical.named("market_scan", "Reads the indicators of everything that is traded"),
        marketAnalysis, marketAnalysis.named("analyze", "Reads prices and news together"), macro, opportunities,
        earnings, classify,
    ]

    private static let reading = ValueShape.object(["symbol": .text, "sentiment": .number, "headlines": .integer])

    static let news = Step(
        "news_analysis", "Scores the headlines of the last three days; without headlines there is no sentiment",
        params: ["symbols": .symbols],
        outputs: ["sentiment": .number, "headlines": .integer, "by_symbol": .list(of: reading)]
    ) { call in
        .object(news(try call.instruments(), call))
    }

    private static func news(_ ids: [InstrumentID], _ call: StepCall) -> [String: Value] {
        let found = call.sentiment(ids).readings
        let mean = found.isEmpty ? nil : found.reduce(0) { $0 + $1.score } / Double(found.count)
        let rows = found.map { reading -> Value in
            [
                "symbol": call.symbol(reading.instrument), "sentiment": Value(reading.score),
                "headlines": Value(reading.headlines),
            ]
        }
        return [
            "sentiment": Value(mean), "headlines": Value(found.reduce(0) { $0 + $1.headlines }),
            "by_symbol": .list(rows),
        ]
    }

    private static let technicalRow = ValueShape.object([
        "symbol": .text, "close": .number, "rsi": .number, "macd": .text(["bullish", "bearish"]), "score": .number,
        "action": .text(["BUY", "SELL", "HOLD"]),
    ])

    static let technical = Step(
        "technical_analysis", "Reads the indicators of the last bars; too short a history gives nothing",
        params: ["symbols": .symbols, "indicators": .optional(.list(of: .text))],
        outputs: [
            "rsi": .number, "macd": .text(["bullish", "bearish", "mixed"]), "readings": .list(of: technicalRow),
        ]
    ) { call in
        .object(technical(try call.instruments(), call))
    }

    private static func technical(_ ids: [InstrumentID], _ call: StepCall) -> [String: Value] {
        let found = call.technical(ids).readings
        let values = found.compactMap(\.values)
        let leans = Set(values.map(lean))
        let mean = values.isEmpty ? nil : values.reduce(0) { $0 + $1.rsi } / Double(values.count)
        let rows = found.map { reading -> Value in
            [
                "symbol": call.symbol(reading.instrument), "close": Value(reading.close),
                "rsi": Value(reading.values?.rsi), "macd": Value(reading.values.map(lean)),
                "score": Value(reading.score), "action": .text(reading.action.rawValue),
            ]
        }
        return [
            "rsi": Value(mean), "macd": leans.isEmpty ? .null : Value(leans.count == 1 ? leans.first : "mixed"),
            "readings": .list(rows),
        ]
    }

    private static func lean(_ values: TechnicalValues) -> String { values.macdHistogram >= 0 ? "bullish" : "bearish" }

    static let marketAnalysis = Step(
        "market_analysis", "Reads prices and news of what is traded",
        params: ["symbols": .symbols, "analysis_depth": .text],
        outputs: [
            "rsi": .number, "macd": .text(["bullish", "bearish", "mixed"]), "readings": .list(of: technicalRow),
            "sentiment": .number, "headlines": .integer, "by_symbol": .list(of: reading), "as_of": .text,
        ]
    ) { call in
        let ids = try call.instruments()
        let both = technical(ids, call).merging(news(ids, call)) { first, _ in first }
        return .object(both.merging(["as_of": Value(call.scene.window.asOf)]) { first, _ in first })
    }

    static let macro = Step(
        "macro_assessment", "Says how much the market moves, and how many instruments rise and fall",
        params: ["symbols": .symbols],
        outputs: [
            "volatility": .number, "volatility_source": .text, "rising": .integer, "falling": .integer,
            "regime": .text(["calm", "nervous", "stressed"]),
        ]
    ) { call in
        let changes = call.technical(try call.instruments()).readings.compactMap(\.values?.change20)
        let level = call.scene.volatility?.level
        return [
            "volatility": Value(level), "volatility_source": Value(call.scene.volatility?.source.rawValue),
            "rising": Value(changes.count { $0 > 0 }), "falling": Value(changes.count { $0 < 0 }),
            "regime": Value(level.map { $0 >= 30 ? "stressed" : $0 >= 20 ? "nervous" : "calm" }),
        ]
    }

    static let opportunities = Step(
        "opportunity_identification", "Ranks what is traded by how much speaks for buying or selling it",
        params: ["symbols": .symbols, "count": .optional(.integer)],
        outputs: [
            "opportunities": .list(
                of: .object(["symbol": .text, "action": .text(["BUY", "SELL", "HOLD"]), "confidence": .number]))
        ]
    ) { call in
        let count = Int(clamping: max(0, call.param("count")?.integer ?? 10))
        let ranked = call.signals(try call.instruments(), threshold: 0).decisions
            .filter { $0.signal.action != .hold }
            .sorted { ($0.signal.confidence, $1.instrument) > ($1.signal.confidence, $0.instrument) }
        let rows = ranked.prefix(count).map { decision -> Value in
            [
                "symbol": call.symbol(decision.instrument), "action": .text(decision.signal.action.rawValue),
                "confidence": Value(decision.signal.confidence),
            ]
        }
        return ["opportunities": .list(rows)]
    }

    static let earnings = Step(
        "earnings_review", "Says what the desk holds of the companies that tell their results, and their news",
        params: ["symbols": .symbols],
        outputs: [
            "held": .list(of: .object(["symbol": .text, "value": .number])), "sentiment": .number,
            "headlines": .integer, "by_symbol": .list(of: reading),
        ]
    ) { call in
        let ids = try call.instruments()
        let held = ids.filter { !call.scene.portfolio[$0].isFlat }.map { id -> Value in
            ["symbol": call.symbol(id), "value": Value(call.scene.portfolio[id].marketValue.double)]
        }
        return .object(news(ids, call).merging(["held": .list(held)]) { first, _ in first })
    }

    static let classify = Step(
        "classify", "Says how urgent what happened is: the categories go from the most urgent to the least",
        params: ["categories": .optional(.list(of: .text)), "urgent_at": .number, "normal_at": .number],
        outputs: ["category": .text, "score": .number, "because": .text]
    ) { call in
        let categories = call.param("categories")?.list?.compactMap(\.text) ?? ["urgent", "normal", "ignore"]
        guard let last = categories.last else {
            throw TaskFailure(code: "invalid_param", "'categories' is empty; name at least one", mayRetry: false)
        }
        let urgent = try call.number("urgent_at", 0...1, default: 0.7)
        let normal = try call.number("normal_at", 0...1, default: 0.3)
        let (score, because) = urgency(call)
        let place = score >= urgent ? 0 : score >= normal ? 1 : categories.count - 1
        return [
            "category": .text(categories.indices.contains(place) ? categories[place] : last),
            "score": Value(score), "because": .text(because),
        ]
    }

    /// The strongest of the signs, 0...1: a sentiment's size, the size of a price's move over 5 %, volatility over 30.
    private static func urgency(_ call: StepCall) -> (score: Double, because: String) {
        var signs: [(Double, String)] = []
        if let sentiment = call.found("sentiment")?.number {
            signs.append((abs(sentiment), "a sentiment of \(sentiment)"))
        }
        if let change = call.found("change")?.number {
            signs.append((min(1, abs(change) / 0.05), "a price that moved by \(change)"))
        }
        if let level = call.found("volatility")?.number ?? call.scene.volatility?.level {
            signs.append((min(1, max(0, level / 30 * 0.7)), "a volatility of \(level)"))
        }
        return signs.max { $0.0 < $1.0 } ?? (0, "nothing speaks for hurry")
    }
}
