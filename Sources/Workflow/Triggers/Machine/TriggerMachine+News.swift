import Determinism
import WorkflowModel

extension TriggerMachine {
    /// No keywords means any headline. A headline that nobody judged never fires.
    mutating func findSentiment(
        in news: ObservedNews, keywords: [String], threshold: Double, at time: Timestamp
    ) -> Finding {
        let words = HeadlineWords(news.headline)
        let found = keywords.filter(words.contains)
        guard keywords.isEmpty || !found.isEmpty else {
            return .quiet("none of the words \(Words.list(keywords)) stands in '\(news.headline)'")
        }
        let needed = "\(Words.number(threshold)) in size needed"
        guard let sentiment = news.sentiment, sentiment.isFinite else {
            measure(.null, at: time)
            return .quiet("'\(news.headline)' came without a sentiment; \(needed)")
        }
        measure(.number(sentiment), at: time)
        let text = "sentiment \(Words.number(sentiment)) of '\(news.headline)'; \(needed)"
        guard sentiment.magnitude >= threshold else { return .quiet(text) }
        var input = TriggerMachine.facts(of: news, trigger: "news_sentiment")
        input["keywords"] = .list(found.map { .text($0) })
        return .cause(text, input)
    }

    /// No sources means any source; sources are told apart without regard to case.
    mutating func findBreaking(
        in news: ObservedNews, sources: [String], priority: Priority, at time: Timestamp
    ) -> Finding {
        guard sources.isEmpty || sources.contains(where: { $0.lowercased() == news.source.lowercased() }) else {
            return .quiet("'\(news.headline)' is from \(news.source), none of \(Words.list(sources))")
        }
        measure(.text(news.priority.name), at: time)
        let text = "'\(news.headline)' from \(news.source) has priority \(news.priority.name); \(priority.name) needed"
        guard news.priority >= priority else { return .quiet(text) }
        return .cause(text, TriggerMachine.facts(of: news, trigger: "breaking_news"))
    }

    private static func facts(of news: ObservedNews, trigger: String) -> [String: Value] {
        var facts: [String: Value] = [
            "trigger": .text(trigger), "headline": .text(news.headline), "source": .text(news.source),
            "priority": .text(news.priority.name), "symbols": .list(news.symbols.map { .text($0) }),
        ]
        if let sentiment = news.sentiment, sentiment.isFinite { facts["sentiment"] = .number(sentiment) }
        return facts
    }
}

/// The words of a headline, for finding whole words and phrases without regard to case.
struct HeadlineWords {
    private let words: [Substring]

    init(_ text: String) {
        let lowered = Substring(text.lowercased())
        words = lowered.split { !($0.isLetter || $0.isNumber) }
    }

    /// Whether the words of a phrase stand in it one after another; false for a phrase without words.
    func contains(_ phrase: String) -> Bool {
        let wanted = HeadlineWords(phrase).words
        guard !wanted.isEmpty, wanted.count <= words.count else { return false }
        return (0...words.count - wanted.count).contains { words[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
