import Configuration
import Foundation
import Storage
import TradingStore

/// Records of the audit chain as lines.
enum AuditPage {
    /// One record: its place, time, kind, the beginning of its hash, and what it says.
    static func line(_ record: AuditRecord, isJSON: Bool, style: Styler) -> String {
        let body = String(decoding: record.body, as: UTF8.self)
        guard !isJSON else {
            return JSONValue.object([
                "sequence": .integer(Int(record.sequence)), "kind": .text(record.kind), "time": .text("\(record.time)"),
                "body": .text(body), "hash": .text(record.hash.hex), "previous": .text(record.previous.hex),
            ]).line
        }
        let shown = body.count > 400 ? body.prefix(400) + "…" : body[...]
        let place = "\(record.sequence)  \(record.time)  \(record.kind)"
        return
            "\(style(place, .bold))  \(style(String(record.hash.hex.prefix(12)), .dim))\n    \(String(shown).escapingControls)"
    }
}
