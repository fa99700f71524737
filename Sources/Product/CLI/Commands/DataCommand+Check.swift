import Configuration
import Determinism
import MarketData
import TradingModel
import TradingStore

extension DataCommand {
    private static let symbols = Argument.repeatedPositional(
        "symbol", .tradedSymbol, isRequired: false, "Symbols to check, else all")
    private static let length = Argument.option("bars", .barLength, "Only bars of this length")
    private static let all = Argument.flag("all", "Show every finding, else the first ten of each kind")

    static let check = Command(
        "check", "Look stored bars through for what is probably wrong",
        discussion: """
            Finds gaps against the exchange's calendar, impossible and overlapping bars, stale prices, missing volume, \
            moves as of a split that nobody applied, and lone spikes, and says what to do about each. Files whose \
            checksums do not agree are named and do not stop the others. The exit code is 1 where anything was found.
            """,
        takes: [symbols.parameter, length.parameter, all.parameter],
        examples: [
            .init("bellwether data check", "Everything stored"),
            .init("bellwether data check AAPL --bars 1d --all", "Every finding in the daily bars of one symbol"),
        ]
    ) { call in
        let keys = try chosen(call)
        var counts = (findings: 0, damaged: 0)
        for (store, key) in keys {
            do {
                let findings = try store.findings(key, sessions: DataCommand.knownSessions)
                counts.findings += findings.count
                try show(findings, try store.listing(key), isAll: try call.arguments[all], call.console)
            } catch let error as OutputClosed {
                throw error
            } catch {
                counts.damaged += 1
                call.console.fail("\(key.name): \(error)".escapingControls, code: "damaged")
            }
        }
        if call.console.isJSON {
            try call.console.print([
                "type": "summary", "series": .integer(keys.count), "findings": .integer(counts.findings),
                "damaged": .integer(counts.damaged),
            ])
        } else if keys.count > 1 {
            try call.console.print(
                "\(keys.count) series: \(words(counts.findings, "finding")), \(words(counts.damaged, "damaged file"))")
        }
        return counts == (0, 0) ? .done : .failed
    }

    private static func chosen(_ call: Invocation) throws -> [(BarStore, BarKey)] {
        let wanted = try call.arguments[symbols]
        let length = try call.arguments[length]
        let store = try store(call)
        let stored = try store?.keys() ?? []
        if let unknown = wanted.first(where: { symbol in !stored.contains { $0.symbol == symbol } }) {
            throw CommandFailure("there are no bars of \(unknown); see 'bellwether data list'", code: "not_found")
        }
        let keys = stored.filter { key in
            (wanted.isEmpty || wanted.contains(key.symbol)) && (length == nil || key.length == length)
        }
        guard let store, !keys.isEmpty else {
            throw CommandFailure("there are no such bars to check; see 'bellwether data list'", code: "not_found")
        }
        return keys.map { (store, $0) }
    }

    // MARK: - Showing

    private static func show(
        _ findings: [QualityFinding], _ listing: BarListing, isAll: Bool, _ console: Console
    ) throws(OutputClosed) {
        if console.isJSON {
            for finding in findings { try console.print(object(finding, listing.key)) }
        } else {
            try console.print(
                FindingsPage.lines(
                    findings, listing, most: isAll ? Int.max : 10, width: console.profile.width, style: console.style))
        }
    }

    private static func object(_ finding: QualityFinding, _ key: BarKey) -> JSONValue {
        [
            "type": "finding", "symbol": .text(key.symbol.name), "length": .text("\(key.length)"),
            "kind": .text(finding.kind.rawValue), "from": .text("\(finding.from)"), "to": .text("\(finding.to)"),
            "bars": .integer(finding.bars), "figure": finding.figure.map { .number($0) } ?? .null,
            "message": .text(finding.message), "advice": .text(finding.advice),
        ]
    }

    private static func words(_ count: Int, _ noun: String) -> String {
        "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}
