public import Determinism
import Foundation
public import TradingModel

/// The sentiment node: what the headlines of the last days say of each instrument.
///
/// A headline counts by its age (half after every `halfLife`), by how much it says (neutral ones a quarter) and by
/// one over the root of the instruments it names. The score is the weighted mean, drawn towards zero where little
/// was published: it is taken with one neutral headline of full weight a quarter.
public struct SentimentAnalysis: Sendable {
    /// How far back headlines count.
    public var lookBack: Duration = .seconds(3 * 86_400)
    /// The age at which a headline counts half.
    public var halfLife: Duration = .seconds(86_400)
    /// Headlines kept in a reading.
    public var kept = 3
    /// Headline scores nearer to zero than this count as neutral.
    public var neutralBand = 0.5
    private let scorer: HeadlineScorer

    /// The node; preparing the lexicon takes about a millisecond, so make one and keep it.
    public init(scorer: HeadlineScorer = HeadlineScorer()) {
        self.scorer = scorer
    }

    /// Reads the headlines published up to `now`; instruments without any are absent from the answer.
    public func assess(
        _ headlines: [Headline], _ universe: Universe, _ instruments: [InstrumentID], now: Timestamp
    ) -> SentimentAssessment {
        let wanted = Set(instruments)
        let earliest = now - lookBack
        var news = [[WeighedHeadline]](repeating: [], count: universe.count)
        for headline in headlines where headline.published <= now && headline.published > earliest {
            let ids = headline.symbols.compactMap(universe.id).filter(wanted.contains).canonical
            guard !ids.isEmpty else { continue }
            let weighed = weigh(headline, now: now)
            for id in ids { news[id.index].append(weighed) }
        }
        let readings = instruments.canonical.compactMap { id in
            universe.instruments.indices.contains(id.index) ? reading(id, unrepeated(news[id.index])) : nil
        }
        return SentimentAssessment(readings: readings)
    }

    private func weigh(_ headline: Headline, now: Timestamp) -> WeighedHeadline {
        let age = Double((now - headline.published).nanoseconds)
        let freshness = exp2(-age / max(1, Double(halfLife.nanoseconds)))
        let raw = scorer.score(headline.title)
        return WeighedHeadline(
            published: headline.published, source: SentimentAnalysis.line(headline.source, 60),
            title: SentimentAnalysis.line(headline.title, 200), score: raw.magnitude < neutralBand ? 0 : raw,
            weight: freshness / Double(max(1, headline.symbols.count)).squareRoot())
    }

    /// Of headlines with one title the earliest, in order of time and title.
    private func unrepeated(_ headlines: [WeighedHeadline]) -> [WeighedHeadline] {
        var seen: Set<String> = []
        return headlines.sorted { ($0.published, $0.title, $0.source) < ($1.published, $1.title, $1.source) }
            .filter { seen.insert($0.title.lowercased()).inserted }
    }

    private func reading(_ id: InstrumentID, _ headlines: [WeighedHeadline]) -> SentimentReading? {
        guard !headlines.isEmpty else { return nil }
        var (sum, total) = (0.0, 0.25)
        for headline in headlines {
            let weight = headline.weight * (0.25 + 0.75 * headline.score.magnitude)
            sum += weight * headline.score
            total += weight
        }
        let weightiest = headlines.sorted {
            ($0.weight * $0.score.magnitude, $0.weight, $0.published) > (
                $1.weight * $1.score.magnitude, $1.weight, $1.published
            )
        }
        return SentimentReading(
            instrument: id, score: (sum / total).unit, headlines: headlines.count,
            weightiest: Array(weightiest.prefix(max(0, kept))))
    }

    /// One line without control characters, cut after so many characters.
    static func line(_ text: String, _ longest: Int) -> String {
        var line = ""
        for character in text.prefix(longest) {
            if character.isNewline || character == "\t" {
                line.append(" ")
            } else if !character.unicodeScalars.contains(where: isControl) {
                line.append(character)
            }
        }
        return line
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
