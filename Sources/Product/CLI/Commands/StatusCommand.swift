import Configuration
import Foundation
import Storage
import TradingDesk
import TradingStore

/// `bellwether status`: what the newest runs of a home stand at.
enum StatusCommand {
    private static let run = Argument.option("run", .text("NAME"), "Which run, else the newest of the home")

    static let command = Command(
        "status", "What the desk stands at: account, trading state, open requests, head of the record",
        discussion: "Read from disk, whether the desk runs or not.", takes: [run.parameter],
        examples: [.init("bellwether status", "The newest run"), .init("bellwether status --json", "For a program")],
        action: show)

    private static func show(_ call: Invocation) async throws -> ExitCode {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        let folder = try RunFolder.find(try call.arguments[run], home: home.path)
        let store = try DeskStore(ofHome: folder.path)
        guard let record = try store.runs(limit: 1).first else {
            throw CommandFailure("\(folder.path) holds no run", code: "not_found")
        }
        let facts = try facts(record, store, holder: FolderLock.holder(of: home.path))
        if call.console.isJSON {
            try call.console.print(.object(Dictionary(facts.map { ($0.key, $0.value) }) { $1 }))
        } else {
            let width = facts.map(\.title.count).max() ?? 0
            try call.console.print(
                facts.dropFirst().map { $0.title.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.text })
        }
        return .done
    }

    private struct Fact {
        let key: String
        let title: String
        let value: JSONValue
        let text: String

        init(_ key: String, _ title: String, _ text: String, _ value: JSONValue? = nil) {
            self.key = key
            self.title = title
            self.text = text
            self.value = value ?? .text(text)
        }
    }

    private static func facts(_ run: DeskRunRecord, _ store: DeskStore, holder: Int32?) throws -> [Fact] {
        let pending = try store.pendingControls()
        var facts = [
            Fact("type", "", "", "status"),
            Fact("run", "run", run.id),
            Fact("market", "market", try store.audit.isSimulated() ? "SIMULATED" : "recorded"),
            Fact("state", "state", run.state.rawValue),
            Fact("process", "process", holder.map { "\($0)" } ?? "none", holder.map { .integer(Int($0)) } ?? .null),
            Fact("started", "started", "\(run.started)"),
            Fact("records", "records", "\(run.head.sequence)", .integer(Int(run.head.sequence))),
            Fact("audit_head", "audit head", "\(run.head)"),
            Fact(
                "pending_requests", "requests",
                pending.isEmpty ? "none" : pending.map { "\($0.kind.rawValue)" }.joined(separator: ", "),
                .integer(pending.count)),
        ]
        if let day = try lastDay(store.audit) {
            for key in ["date", "phase", "equity", "cash", "state"] {
                guard let text = day[key] as? String else { continue }
                facts.append(Fact(key == "state" ? "trading" : key, key == "state" ? "trading" : key, text))
            }
        }
        return facts
    }

    /// The account as the last day's record has it; nil before the first day.
    private static func lastDay(_ log: AuditLog) throws -> [String: Any]? {
        guard let record = try log.last(ofKind: DecisionRecord.Kind.day.rawValue) else { return nil }
        return (try? JSONSerialization.jsonObject(with: Data(record.body))) as? [String: Any]
    }
}
