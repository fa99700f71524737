import DeskCommands
import Foundation
import Telemetry
import TradingDesk
import WorkflowEngine
import WorkflowStore

extension HealthWatch.Part {
    /// The desk: whether its picture can be read, and what it is doing.
    static func desk(_ desk: any DeskSource) -> HealthWatch.Part {
        HealthWatch.Part(name: "desk", dependsOn: ["record"]) {
            guard let picture = try desk.picture() else { return .up("it has not begun") }
            switch picture.activity {
            case .running: return .up(nil)
            case .stopped: return .up("it is stopped")
            case .finished: return .up("it came to its end")
            }
        }
    }

    /// The record of decisions: whether it can be read.
    static func record(_ archive: any DecisionArchive) -> HealthWatch.Part {
        HealthWatch.Part(name: "record") {
            _ = try archive.head()
            return .up(nil)
        }
    }

    /// The signed heads: whether they can be kept where they should be kept beside the run.
    static func anchor(_ heads: HeadKeeper) -> HealthWatch.Part {
        HealthWatch.Part(name: "anchor", dependsOn: ["record"]) {
            heads.trouble.map { .degraded("the record's signed head could not be kept elsewhere: \($0)") } ?? .up(nil)
        }
    }

    /// The workflows' store: whether it can be read.
    static func workflows(_ home: WorkflowHome) -> HealthWatch.Part {
        HealthWatch.Part(name: "workflows") {
            _ = try home.journal.value(of: StateKey("service", "started"))
            return .up(nil)
        }
    }

    /// The log: lines that were lost are told, and do not come back.
    static func log(_ telemetry: DeskTelemetry) -> HealthWatch.Part {
        HealthWatch.Part(name: "log") {
            telemetry.file.lost == 0 ? .up(nil) : .degraded("\(telemetry.file.lost) lines could not be written")
        }
    }

    /// The disk of the home: records must find room.
    static func disk(_ home: HomeFolder) -> HealthWatch.Part {
        HealthWatch.Part(name: "disk") {
            let found = try FileManager.default.attributesOfFileSystem(forPath: home.path)[.systemFreeSize]
            guard let free = (found as? NSNumber)?.int64Value else { return .degraded("its free room is not known") }
            return free < 1 << 30 ? .degraded("less than 1 GiB is free") : .up(nil)
        }
    }
}
