import Determinism
import Foundation
import TradingDesk
import TradingModel
import TradingStore

/// What a paper run on disk has recorded: its plan, and every verdict, report and fill of it.
struct PaperRecord {
    /// A setting of the plan that two runs have differently; without values where it is a list.
    struct Setting: Hashable {
        let name: String
        let backtest: String?
        let paper: String?
    }

    let name: String
    /// The plan as it was written.
    let plan: Data
    let lines: [TradeLine]
    /// How often persons intervened; a backtest is told nothing of that.
    let interventions: Int
    /// The last moment, which may be recorded in part; nil where the run came to its end.
    let cut: Timestamp?

    /// Reads a run; `latest` names the newest of the home.
    init(_ run: String, home: String) throws {
        let folder = try run == "latest" ? RunFolder.latest(home: home) : RunFolder.find(run, home: home)
        name = folder.run
        let log = try DeskStore(ofHome: folder.path).audit
        var lines: [TradeLine] = []
        var (plan, last, interventions): (Data?, AuditRecord?, Int) = (nil, nil, 0)
        var cursor = log.records()
        while let record = try cursor.next() {
            if let known = DecisionRecord(record) { lines += TradeLine.of(known) }
            if record.kind == DecisionRecord.Kind.run.rawValue { plan = plan ?? Data(record.body) }
            if record.kind == DecisionRecord.Kind.control.rawValue { interventions += 1 }
            last = record
        }
        guard let plan, let last else {
            throw CommandFailure("the run '\(folder.run)' has recorded nothing to compare with", code: "no_data")
        }
        cut = last.kind == DecisionRecord.Kind.summary.rawValue ? nil : last.time
        (self.plan, self.lines, self.interventions) = (plan, lines, interventions)
    }

    /// The settings in which the plan of a backtest differs from the run's, by name.
    func settings(against plan: DeskPlan) throws -> [Setting] {
        let ours = PaperRecord.leaves(of: try CanonicalCoder(plan.universe).encode(plan))
        let theirs = PaperRecord.leaves(of: self.plan)
        return Set(ours.keys).union(theirs.keys).sorted().compactMap { name in
            let (backtest, paper) = (ours[name], theirs[name])
            guard backtest != paper else { return nil }
            let isList = (backtest ?? paper ?? "").hasPrefix("[")
            return Setting(name: name, backtest: isList ? nil : backtest, paper: isList ? nil : paper)
        }
    }

    private static func leaves(of json: Data) -> [String: String] {
        var found: [String: String] = [:]
        if let object = try? JSONSerialization.jsonObject(with: json) { gather(object, at: "", into: &found) }
        return found
    }

    private static func gather(_ value: Any, at path: String, into found: inout [String: String]) {
        if let object = value as? [String: Any] {
            for (key, part) in object { gather(part, at: path.isEmpty ? key : "\(path).\(key)", into: &found) }
        } else {
            found[path] = TradeLine.text(value)
        }
    }
}
