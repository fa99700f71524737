import DeskCommands
import Determinism
import Storage
import TradingDesk
import WorkflowStore

/// What commands work with in this process: a home's workflows, record, backtests and, where it runs here, its desk.
enum DeskHomeServices {
    /// The services of a home where no desk runs in this process: everything is read from disk.
    static func make(
        _ call: Invocation, run: String? = nil, access: any AccessDesk, time: any TimeSource
    ) throws -> DeskServices {
        let loaded = try LoadedSettings.load(call)
        let home = try WorkflowHome(call, .change, time: time)
        let telemetry = try DeskTelemetry(loaded.home, loaded.settings, secrets: [], time: time)
        var workflows = workflows(home)
        workflows.host = { body in
            let lock = try FolderLock(folder: home.folder.path)
            defer { withExtendedLifetime(lock) {} }
            try await WorkflowHost(home: home).serve { _ in try await body() }
        }
        return DeskServices(
            time: time, desk: StoredDesk(home: loaded.home.path, run: run, time: time),
            archive: RecordArchive(home: loaded.home.path, run: run), workflows: workflows,
            backtests: try LocalBacktests(loaded, time: time), system: LocalSystem(loaded, telemetry, time: time),
            access: access)
    }

    /// The workflows of a home as commands see them.
    static func workflows(
        _ home: WorkflowHome, steps: WorkflowSteps = WorkflowHome.steps
    ) -> WorkflowServices {
        var services = WorkflowServices(
            journal: home.journal, queues: home.queues, library: home.library, box: home.box,
            steps: steps, holder: { home.holder })
        services.lastEvent = { try home.journal.lastEvent() }
        services.events = { number, limit in
            try home.journal.events(after: number, limit: limit).map {
                NumberedEvent(number: $0.number, run: $0.run, event: $0.event)
            }
        }
        return services
    }
}
