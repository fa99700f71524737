internal import Configuration
internal import WorkflowModel

/// Reads what starts a workflow.
struct TriggerReader {
    let options: DocumentOptions

    private static let keys: [String: [String]] = [
        "schedule": ["cron", "timezone", "missed"], "price_change": ["symbol", "threshold", "direction"],
        "volume_spike": ["symbol", "multiplier"], "volatility": ["symbol", "vix_threshold"],
        "news_sentiment": ["keywords", "sentiment_threshold"], "breaking_news": ["sources", "priority"],
        "manual": [], "webhook": ["name"],
    ]

    func read(_ element: Element) -> [TriggerDefinition] {
        (element.items() ?? []).compactMap(trigger)
    }

    private func trigger(_ element: Element) -> TriggerDefinition? {
        guard let section = Section(element, "a trigger") else { return nil }
        guard let typeElement = section["type"] else {
            let known = TriggerReader.keys.keys.sorted().joined(separator: ", ")
            section.report("a trigger needs a 'type'; allowed: \(known)")
            return nil
        }
        guard let type = typeElement.text() else { return nil }
        guard let keys = TriggerReader.keys[type] else {
            let advice = element.log.advice(type, among: TriggerReader.keys.keys.sorted())
            typeElement.report("'\(type.escapingControls.prefix(80))' is no type of trigger\(advice)")
            return nil
        }
        section.allow(["type", "cooldown"] + keys)
        let cooldown = section["cooldown"]?.duration(allowingZero: true) ?? .zero
        return kind(type, section).map { TriggerDefinition($0, cooldown: cooldown) }
    }

    private func kind(_ type: String, _ section: Section) -> TriggerDefinition.Kind? {
        switch type {
        case "schedule": schedule(section)
        case "price_change": priceChange(section)
        case "volume_spike":
            both(name("symbol", section), number("multiplier", section, .above(0))).map {
                .volumeSpike(symbol: $0, multiplier: $1)
            }
        case "volatility":
            number("vix_threshold", section, .above(0)).map {
                .volatility(symbol: section["symbol"]?.name(), level: $0)
            }
        case "news_sentiment":
            both(keywords(section), number("sentiment_threshold", section, .from(0, upTo: 1))).map {
                .newsSentiment(keywords: $0, threshold: $1)
            }
        case "breaking_news":
            .breakingNews(
                sources: section["sources"]?.names()?.map(\.name) ?? [],
                priority: section["priority"].map { $0.priority() ?? .low } ?? .low)
        case "webhook": name("name", section).map(TriggerDefinition.Kind.webhook)
        default: .manual
        }
    }

    private func both<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
        guard let first, let second else { return nil }
        return (first, second)
    }

    private func needed(_ key: String, _ section: Section) -> Element? {
        guard let element = section[key] else {
            section.report("a trigger of the type '\(section["type"]?.node.raw ?? "")' needs '\(key)'")
            return nil
        }
        return element
    }

    private func name(_ key: String, _ section: Section) -> String? { needed(key, section)?.name() }

    private func number(_ key: String, _ section: Section, _ bounds: Bounds) -> Double? {
        needed(key, section)?.number(bounds)
    }

    private func keywords(_ section: Section) -> [String]? {
        guard let element = needed("keywords", section), let words = element.names()?.map(\.name) else { return nil }
        if element.node.items?.isEmpty == true { element.report("is empty; name at least one word") }
        return words
    }

    private func priceChange(_ section: Section) -> TriggerDefinition.Kind? {
        let direction = section["direction"].map { $0.choice(PriceDirection.self) ?? .any } ?? .any
        return both(name("symbol", section), number("threshold", section, .above(0))).map {
            .priceChange(symbol: $0, threshold: $1, direction: direction)
        }
    }

    private func schedule(_ section: Section) -> TriggerDefinition.Kind? {
        let zone = section["timezone"].flatMap { $0.name() } ?? options.timeZone
        let missed = section["missed"].map { $0.choice(MissedFirePolicy.self) ?? .skip } ?? .skip
        guard let element = needed("cron", section), let cron = element.name() else { return nil }
        if let check = options.cronProblem {
            if let problem = check(cron, zone) { element.report(problem) }
        } else {
            let count = cron.split(whereSeparator: \.isWhitespace).count
            let isName = cron.hasPrefix("@")
            if count != 5, !isName { element.report("a cron expression has five fields, and this one has \(count)") }
        }
        return .schedule(cron: cron, timeZone: zone, missed: missed)
    }
}
