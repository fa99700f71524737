import TradingModel

/// The weighing of one instrument's evidence.
struct Weighing {
    private let settings: SignalGeneration
    private let technical: TechnicalReading
    private let pattern: PatternReading?
    private let sentiment: SentimentReading?
    private let risk: RiskReading?
    /// -1 short, 0 nothing, 1 long.
    private let position: Int

    init(_ settings: SignalGeneration, _ evidence: SignalEvidence, _ technical: TechnicalReading, position: Int) {
        self.settings = settings
        self.technical = technical
        self.position = position
        pattern = evidence.pattern?[technical.instrument]
        sentiment = evidence.sentiment?[technical.instrument]
        risk = evidence.risk?[technical.instrument]
    }

    func decision(for instrument: Instrument) -> SignalDecision {
        let shares = shares
        guard !shares.isEmpty, technical.score != nil else { return hold(1, nil, shares, missingHistory) }
        let raw = shares.reduce(0) { $0 + $1.score * $1.weight }
        let evidence = raw > 0 && position >= 0 ? raw * (1 - riskDamping) : raw
        let confidence = settings.confidence(evidence)
        guard confidence >= settings.threshold else {
            return hold(1 - confidence, evidence, shares, reasons(evidence, shares) + [weakness(confidence)])
        }
        if let obstacle = obstacle(evidence > 0) {
            return hold(confidence, evidence, shares, reasons(evidence, shares) + [obstacle])
        }
        let levels = ExitLevels(technical, isLong: evidence > 0, settings, instrument)
        let signal = Signal(
            instrument: technical.instrument, action: evidence > 0 ? .buy : .sell, confidence: confidence,
            target: levels?.target, stop: levels?.stop, reasons: reasons(evidence, shares))
        return SignalDecision(signal: signal, evidence: evidence, shares: shares, close: technical.close)
    }

    private func hold(
        _ confidence: Double, _ evidence: Double?, _ shares: [SignalDecision.Share], _ reasons: [Signal.Reason]
    ) -> SignalDecision {
        let signal = Signal(
            instrument: technical.instrument, action: .hold, confidence: confidence, target: nil, stop: nil,
            reasons: reasons)
        return SignalDecision(signal: signal, evidence: evidence, shares: shares, close: technical.close)
    }

    // MARK: - Evidence

    private var shares: [SignalDecision.Share] {
        let weights = settings.weights
        let present: [(String, Double?, Double)] = [
            ("technical", technical.score, weights.technical), ("pattern", pattern?.score, weights.pattern),
            ("sentiment", sentiment?.score, weights.sentiment), ("exit", trendBreak?.score, weights.exit),
        ]
        let total = present.reduce(0) { $0 + ($1.1 == nil ? 0 : $1.2) }
        guard total > 0 else { return [] }
        return present.compactMap { name, score, weight in
            score.map { SignalDecision.Share(evidence: name, score: $0, weight: weight / total) }
        }
    }

    /// The part of a BUY's evidence that risk takes away.
    private var riskDamping: Double {
        guard let risk, settings.calmRisk < 1 else { return 0 }
        return settings.riskPenalty * ((risk.score - settings.calmRisk) / (1 - settings.calmRisk)).clampedToZero
    }

    /// A position's trend is broken where the close is on the wrong side of the 50-bar mean and three true ranges
    /// off the best price of 22 bars (C. Le Beau's chandelier exit).
    private var trendBreak: Observation? {
        guard position != 0, let values = technical.values, let close = technical.close else { return nil }
        let mean = values.mean50 ?? values.mean20
        let isLong = position > 0
        let trail =
            isLong ? values.highest22 - 3 * values.averageTrueRange : values.lowest22 + 3 * values.averageTrueRange
        guard isLong ? close < min(mean, trail) : close > max(mean, trail) else { return nil }
        let text =
            "trend broken: close \(Wording.price(close)) is \(isLong ? "below" : "above") SMA(50) "
            + "\(Wording.price(mean)) and the trailing stop \(Wording.price(trail))"
        return Observation(name: "exit", score: isLong ? -1 : 1, weight: 1, text: text)
    }

    private func obstacle(_ isBuy: Bool) -> Signal.Reason? {
        if isBuy { return position > 0 ? note("technical", "already held") : nil }
        if position > 0 { return nil }
        if position < 0 { return note("technical", "already short") }
        return settings.allowsShorting ? nil : note("technical", "nothing is held that could be sold")
    }

    // MARK: - Words

    private func reasons(_ evidence: Double, _ shares: [SignalDecision.Share]) -> [Signal.Reason] {
        let sign: Double = evidence < 0 ? -1 : 1
        var reasons = shares.flatMap { share in
            texts(share, sign).map { observation in
                Signal.Reason(
                    evidence: share.evidence == "exit" ? "technical" : share.evidence, score: observation.score,
                    weight: share.weight * observation.weight, text: observation.text)
            }
        }
        reasons.sort { ($0.score * $0.weight).magnitude > ($1.score * $1.weight).magnitude }
        return reasons + riskReason(evidence) + absences
    }

    private func texts(_ share: SignalDecision.Share, _ sign: Double) -> [Observation] {
        switch share.evidence {
        case "technical": Array(technical.observations.supporting(sign).prefix(3))
        case "pattern":
            (pattern?.sightings.prefix(2) ?? []).map {
                Observation(name: $0.name, score: $0.score, weight: 0.5, text: $0.text)
            }
        case "sentiment": sentimentTexts(share.score)
        default: trendBreak.map { [$0] } ?? []
        }
    }

    private func sentimentTexts(_ score: Double) -> [Observation] {
        guard let sentiment else { return [] }
        let lead = sentiment.weightiest.first.map { ", above all \"\($0.title)\" (\(Wording.fixed($0.score)))" } ?? ""
        let noun = sentiment.headlines == 1 ? "headline" : "headlines"
        let text = "\(sentiment.headlines) \(noun) score \(Wording.fixed(score))\(lead)"
        return [Observation(name: "sentiment", score: score, weight: 1, text: text)]
    }

    private func riskReason(_ evidence: Double) -> [Signal.Reason] {
        guard let risk, evidence > 0, riskDamping > 0 else { return [] }
        let text =
            "risk \(Wording.fixed(risk.score)) takes \(Wording.percent(riskDamping, 0)) off: "
            + (risk.parts.max { $0.contribution < $1.contribution }?.text ?? "")
        return [Signal.Reason(evidence: "risk", score: -risk.score, weight: riskDamping, text: text)]
    }

    private var absences: [Signal.Reason] {
        [
            pattern?.score == nil ? note("pattern", "no pattern: its weight goes to the other evidence") : nil,
            sentiment == nil ? note("sentiment", "no news: its weight goes to the other evidence") : nil,
            risk == nil ? note("risk", "no risk figures: no penalty") : nil,
        ].compactMap { $0 }
    }

    private func weakness(_ confidence: Double) -> Signal.Reason {
        note(
            "technical",
            "confidence \(Wording.fixed(confidence)) is below the threshold \(Wording.fixed(settings.threshold))")
    }

    private var missingHistory: [Signal.Reason] {
        guard case .warmingUp(let missing) = technical.state else { return [] }
        return [note("technical", "history is \(missing) bars too short")]
    }

    private func note(_ evidence: String, _ text: String) -> Signal.Reason {
        Signal.Reason(evidence: evidence, score: 0, weight: 0, text: text)
    }
}
