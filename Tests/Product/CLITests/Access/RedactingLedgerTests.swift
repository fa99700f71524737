import Access
import DeskCommands
import Determinism
import ScratchFolders
import Storage
import Telemetry
import Testing
import WorkflowModel

@testable import CLI

/// Secrets that stand in free text do not reach the record of access.
@Suite struct RedactingLedgerTests {
    @Test func `known secrets and what looks like one are left out of the arguments, and the chain holds`() throws {
        let folder = try ScratchFolder()
        let store = try AccessStore(home: folder.path, time: SystemTime())
        let redactor = Redactor()
        redactor.register("walnut-orchard")
        let ledger = RedactingLedger(ledger: store.ledger, redactor: redactor)
        for reason in ["it is walnut-orchard", "password: hunter22", "calm again"] {
            try ledger.record(
                AccessEntry(
                    "desk.halt", ["reason": .text(reason)], by: .person, .done, at: SystemTime().now, trace: ""),
                answer: nil, for: nil)
        }
        let entries = try store.ledger.entries(AccessQuery()).map(\.entry)
        let kept = entries.compactMap(\.arguments)
        #expect(kept.count == 3 && kept[0] == #"{"reason":"calm again"}"#)
        #expect(kept.dropFirst().allSatisfy { $0.contains(Redactor.marker) })
        #expect(!kept.contains { $0.contains("walnut") || $0.contains("hunter22") })
        #expect(entries.allSatisfy { $0.digest == Digest.of(($0.arguments ?? "").utf8) })
        #expect(try store.ledger.verify().fault == nil)
    }
}
