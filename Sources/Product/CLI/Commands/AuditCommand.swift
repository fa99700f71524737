import Access
import Configuration
import Determinism
import Foundation
import Storage
import TradingDesk
import TradingModel
import TradingStore

/// `bellwether audit`: the record of every decision, shown, verified and derived again.
enum AuditCommand {
    static let run = Argument.option("run", .text("NAME"), "Which run, else the newest of the home")
    private static let order = Argument.option(
        "order", .text("ID"), "The way from the trigger to the fills of this order")
    private static let kind = Argument.option(
        "kind", .oneOf(DecisionRecord.Kind.self, "KIND"), "Only records of a kind")
    private static let from = Argument.option("from", .integer(1...Int.max), default: 1, "First record")
    private static let limit = Argument.option("limit", .integer(1...1_000_000), default: 20, "Most records to show")
    static let head = Argument.option(
        "head", .text("SEQUENCE:HASH"), "A head noted earlier, which also finds a rewritten or cut end")
    static let heads = Argument.option(
        "heads", .path, "Folder of signed heads, such as the anchor's, in place of those beside the run")
    static let key = Argument.option(
        "key", .text("NAME+ID+KEY"), "The public key that the heads must be signed with, else the home's own")
    static let file = Argument.optionalPositional("file", .path, "An exported file, verified without a store")
    static let access = Argument.flag("access", "The record of access of the home, in place of a run's")
    private static let target = Argument.positional("file", .path, "Where to write, one JSON object a line")

    static let command = Command(
        group: "audit", "Show, verify and derive again the record of every decision", shares: [run.parameter],
        [
            Command(
                "show", "Show records, or the whole way of one order",
                takes: [order.parameter, kind.parameter, from.parameter, limit.parameter],
                examples: [
                    .init("bellwether audit show --order bw-0000002a-118-1", "From the trigger to the fill"),
                    .init("bellwether audit show --kind decision --limit 5", "The first five decisions"),
                ], action: show),
            Command(
                "verify", "Check the chain of hashes; name the first record that was touched",
                takes: [file.parameter, head.parameter, heads.parameter, key.parameter, access.parameter],
                examples: [
                    .init("bellwether audit verify", "The newest run"),
                    .init("bellwether audit verify audit.jsonl --head 118:9f86d0…", "A file, against a noted head"),
                    .init(
                        "bellwether audit verify --heads /mnt/backup/anchor/simulated-0d1f0edf/1795290933",
                        "Against the heads that were signed and kept elsewhere"),
                    .init("bellwether audit verify --access", "Who called what, in place of decisions"),
                ], action: verify),
            Command(
                "replay", "Derive every decision again from the recorded inputs and compare byte for byte",
                examples: [.init("bellwether audit replay", "The newest run")], action: replay),
            Command(
                "export", "Write the records to a file that can be verified anywhere", takes: [target.parameter],
                examples: [.init("bellwether audit export audit.jsonl", "For an auditor")], action: export),
            Command(
                "sign", "Sign where the record ends, and print it: keep it where the desk's machine cannot reach",
                examples: [.init("bellwether audit sign > head.note", "Noted now, compared years later")], action: sign),
            Command(
                "key", "Print the public key that checks signed heads",
                examples: [.init("bellwether audit key", "For an auditor")], action: printKey),
        ])

    static func log(_ call: Invocation) throws -> AuditLog {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        let folder = try RunFolder.find(try call.arguments[run], home: home.path)
        return try DeskStore(ofHome: folder.path).audit
    }

    private static func show(_ call: Invocation) async throws -> ExitCode {
        let log = try log(call)
        if let id = try call.arguments[order] {
            let trail = try OrderTrail(of: id, in: log)
            try call.console.isJSON
                ? call.console.print(try trail.json) : call.console.print(try trail.lines(call.console.style))
            return .done
        }
        if !call.console.isJSON, try log.isSimulated() {
            try call.console.print(
                call.console.style("SIMULATED market: nobody traded at these prices", .yellow, .bold))
        }
        let filter = AuditFilter(kind: try call.arguments[kind]?.rawValue)
        var cursor = log.records(from: Int64(try call.arguments[from]), matching: filter)
        for _ in 0..<(try call.arguments[limit]) {
            guard let record = try cursor.next() else { break }
            try call.console.print(AuditPage.line(record, isJSON: call.console.isJSON, style: call.console.style))
        }
        return .done
    }

    private static func replay(_ call: Invocation) async throws -> ExitCode {
        let log = try log(call)
        let report = try DecisionReplay.verify { RecordSequence(log) }
        if let difference = report.difference { throw CommandFailure(difference.description, code: "diverged") }
        guard try Int64(report.same) == log.head.sequence else {
            throw CommandFailure(
                "record \(report.same + 1) cannot be read, nor derived again what follows; 'audit verify' says why",
                code: "unreadable")
        }
        try call.console.isJSON
            ? call.console.print(["type": "replayed", "records": .integer(report.same)])
            : call.console.print("\(report.same) records derived again, every byte the same")
        return .done
    }

    private static func export(_ call: Invocation) async throws -> ExitCode {
        let log = try log(call)
        let path = try call.arguments[target]
        let count = try log.export(to: URL(fileURLWithPath: path))
        try call.console.isJSON
            ? call.console.print(["type": "exported", "records": .integer(count), "head": .text("\(try log.head)")])
            : call.console.print("\(count) records written to \(path); head \(try log.head)")
        return .done
    }
}

/// The records of a log as the desk wrote them, read page by page; ends at the first that cannot be read.
private struct RecordSequence: Sequence, IteratorProtocol {
    private var cursor: AuditCursor

    init(_ log: AuditLog) {
        cursor = log.records()
    }

    mutating func next() -> DecisionRecord? {
        guard let record = try? cursor.next() else { return nil }
        return DecisionRecord(record)
    }
}
