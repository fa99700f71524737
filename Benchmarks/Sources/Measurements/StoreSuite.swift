import Determinism
import ScratchFolders
import Storage
import TradingStore

/// What must never be lost: audit records, on disk before each call returns.
enum StoreSuite {
    private static let rounds = 5

    static func run() throws -> [Measurement] {
        let floor = try FileSync.measure("floor.fsync")
        let audits = try [(1, 300), (10, 100), (100, 50)].map { try audit(batch: $0.0, appends: $0.1) }
        return floor + audits
    }

    private static func audit(batch: Int, appends: Int) throws -> Measurement {
        let body = Array(String(repeating: #"{"price":"101.25"}"#, count: 16).utf8)
        let entry = AuditEntry(run: "bench", kind: "slice", time: Timestamp(nanoseconds: 0), body: body)
        let entries = Array(repeating: entry, count: batch)
        let folder = try ScratchFolder()
        let log = try AuditLog(Database(at: folder.file("audit.sqlite")), desk: "bench")
        let speeds = try (0..<rounds).map { _ in
            let taken = try seconds {
                for _ in 0..<appends { try log.append(entries) }
            }
            return Double(batch * appends) / taken
        }
        return Measurement("audit.append_per_second.\(batch)", "records/s", of: speeds)
    }
}
