import Foundation
import MarketData
import TradingModel
import SharedData
import Testing
import TradingStore

@Suite struct Dump {
    @Test(.needsSharedData) func dump() throws {
        for policy in [ImportPlan.BadRowPolicy.refuse, .quarantine] {
            for folder in ["bars", "ticks", "dirty", "copyleft", "news"] {
                let home = try TemporaryHome()
                let s = importing([SharedData.file(folder).path], into: try home.store()) { $0.badRows = policy }
                for f in s.files {
                    if policy == .quarantine, f.badRows.isEmpty { continue }
                    if f.path.contains("stocknet"), f.failure == nil, f.badRows.isEmpty, !f.path.contains("AAPL") { continue }
                    let series = f.series.map { "\($0.key.name) \($0.assetClass) \($0.bars) \($0.first) \($0.last) gaps \($0.gaps?.count ?? -1)/\($0.gaps?.reduce(0) { $0 + $1.missing } ?? -1) +\($0.merged.added) =\($0.merged.identical) acts \($0.actions) \(String(describing: $0.basis))" }
                    print("##", policy, f.path.split(separator: "/").suffix(3).joined(separator: "/"), f.dialect?.rawValue ?? "-", f.zone ?? "-", f.rows, "bad", f.badRows.count, f.failure ?? "OK")
                    print("     ", series.joined(separator: " | "))
                    print("     ", f.notes.joined(separator: " ; "))
                    if folder == "dirty" || folder == "bars" { for b in f.badRows.prefix(400) { print("        ", b) } }
                }
            }
        }
    }
}
