import Determinism
import MarketData
import TradingModel
import TradingStore

/// What a check found in one series, as lines for a person.
enum FindingsPage {
    /// The series with its findings by kind, at most so many of each.
    static func lines(
        _ findings: [QualityFinding], _ listing: BarListing, most: Int, width: Int, style: Styler
    ) -> [String] {
        let verdict = findings.isEmpty ? style("nothing found", .green) : style(counts(findings), .yellow)
        let kinds = QualityFinding.Kind.allCases.filter { kind in findings.contains { $0.kind == kind } }
        let unknown = DataCommand.calendarGap(listing.first, listing.info.instrument.assetClass)
        let bars = "\(NumberText.grouped(listing.count)) bars"
        return ["\(style(listing.key.name, .bold))  \(bars)  \(verdict)\(unknown.map { ", gaps unknown \($0)" } ?? "")"]
            + kinds.flatMap { kind in
                section(findings.filter { $0.kind == kind }, kind, listing, most, width, style)
            }
    }

    private static func counts(_ findings: [QualityFinding]) -> String {
        "\(NumberText.grouped(findings.count)) finding\(findings.count == 1 ? "" : "s")"
    }

    /// Findings of one kind mostly share one advice, which then stands once.
    private static func section(
        _ findings: [QualityFinding], _ kind: QualityFinding.Kind, _ listing: BarListing, _ most: Int, _ width: Int,
        _ style: Styler
    ) -> [String] {
        var lines = findings.prefix(most).map { finding in
            TextWidth.truncated("  \(word(kind))  \(time(finding, listing))  \(finding.message)", to: max(width, 60))
        }
        if findings.count > most {
            lines.append("  \(word(kind))  and \(NumberText.grouped(findings.count - most)) more: --all shows them")
        }
        let advice = findings.map(\.advice).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return lines + advice.map { "      " + style("\($0).", .dim) }
    }

    private static func word(_ kind: QualityFinding.Kind) -> String {
        switch kind {
        case .gap: "gap        "
        case .overlap: "overlap    "
        case .impossible: "impossible "
        case .stale: "stale      "
        case .zeroVolume: "no volume  "
        case .splitLike: "split?     "
        case .spike: "spike      "
        }
    }

    private static func time(_ finding: QualityFinding, _ listing: BarListing) -> String {
        guard listing.key.length.isDaily else { return "\(finding.from)" }
        let (from, to) = (finding.from.date, (finding.to - .nanoseconds(1)).date)
        return from == to ? "\(from)" : "\(from) .. \(to)"
    }
}
