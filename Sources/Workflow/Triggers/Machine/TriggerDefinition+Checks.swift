import Determinism
import WorkflowModel

extension TriggerDefinition {
    /// What is wrong with it, apart from cron and time zone; nil where nothing is.
    var problem: String? {
        guard cooldown >= .zero, cooldown <= .seconds(10 * 366 * 86_400) else {
            return "the cooldown must lie between nothing and ten years"
        }
        switch kind {
        case .priceChange(let symbol, let threshold, _):
            return TriggerDefinition.problem(symbol) ?? TriggerDefinition.problem(threshold, of: "threshold")
        case .volumeSpike(let symbol, let multiplier):
            return TriggerDefinition.problem(symbol) ?? TriggerDefinition.problem(multiplier, of: "multiplier")
        case .volatility(_, let level):
            return TriggerDefinition.problem(level, of: "vix_threshold")
        case .newsSentiment(_, let threshold):
            return (0...1).contains(threshold) ? nil : "sentiment_threshold must lie between 0 and 1"
        case .webhook(let name):
            return name.isEmpty ? "the webhook needs a name" : nil
        case .schedule, .breakingNews, .manual:
            return nil
        }
    }

    private static func problem(_ symbol: String) -> String? { symbol.isEmpty ? "the symbol is empty" : nil }

    private static func problem(_ number: Double, of field: String) -> String? {
        number.isFinite && number > 0 ? nil : "\(field) must be a number over 0, not \(number)"
    }

    /// What it says, as text that does not change between versions: saved state and firings hold it.
    var signature: String {
        let parts: [String] =
            switch kind {
            case .schedule(let cron, let zone, let missed): [cron, zone, missed.rawValue]
            case .priceChange(let symbol, let threshold, let direction): [symbol, "\(threshold)", direction.rawValue]
            case .volumeSpike(let symbol, let multiplier): [symbol, "\(multiplier)"]
            case .volatility(let symbol, let level): [symbol ?? "", "\(level)"]
            case .newsSentiment(let keywords, let threshold): keywords + ["\(threshold)"]
            case .breakingNews(let sources, let priority): sources + [priority.name]
            case .manual: []
            case .webhook(let name): [name]
            }
        return ([type] + parts + ["\(cooldown.nanoseconds)"]).map { "\($0.utf8.count):\($0)" }.joined(separator: " ")
    }
}
