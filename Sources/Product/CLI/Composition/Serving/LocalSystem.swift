import Configuration
import DeskCommands
import Determinism
import Foundation
import Networking
import Synchronization
import Telemetry
import TradingModel
import TradingStore
import WorkflowModel

/// The process and its machine, as commands see them.
final class LocalSystem: SystemSource {
    private let loaded: LoadedSettings
    private let telemetry: DeskTelemetry
    private let time: any TimeSource
    private let watch: HealthWatch?
    private let connections = Mutex<(@Sendable () -> Int)?>(nil)
    /// Processor time and when it was looked at, for the share between two looks.
    private let looked = Mutex<(time: Timestamp, seconds: Double)?>(nil)

    /// The process; its health is what `watch` saw last, and nothing where nobody watches.
    init(
        _ loaded: LoadedSettings, _ telemetry: DeskTelemetry, time: any TimeSource, watch: HealthWatch? = nil
    ) {
        self.loaded = loaded
        self.telemetry = telemetry
        self.time = time
        self.watch = watch
    }

    var version: String { CommandTree.version }

    /// Lets resources tell how many connections there are.
    func count(_ connections: @escaping @Sendable () -> Int) {
        self.connections.withLock { $0 = connections }
    }

    func health() -> Value { watch?.value ?? [] }

    func resources() -> Value {
        let process = ProcessMetrics()
        return [
            "memory_bytes": process.residentBytes.map { .integer(Int64($0)) } ?? .null,
            "cpu_share": share(process.processorSeconds).map(Value.number) ?? .null,
            "disk_free_bytes": freeBytes.map(Value.integer) ?? .null,
            "open_files": process.openFiles.map { .integer(Int64($0)) } ?? .null,
            "clients": connections.withLock { $0 }.map { .integer(Int64($0())) } ?? .null,
        ]
    }

    func log(after sequence: Int64, level: String, limit: Int) -> [Value] {
        let least = LogLevel(rawValue: level) ?? .info
        let entries = telemetry.tail.records(after: UInt64(clamping: sequence), limit: .max)
        return entries.filter { $0.record.level >= least }.prefix(limit).map(\.value)
    }

    func settings() throws -> Value {
        .list(
            loaded.values.map { value in
                [
                    "name": .text(value.path.joined(separator: ".")), "value": .text(value.yaml),
                    "source": .text("\(value.origin)"), "about": .null,
                ]
            })
    }

    func data() throws -> Value {
        guard FileBytes.exists(loaded.home.path + "/bars") else { return [] }
        let store = try BarStore.open(home: loaded.home.path)
        return .list(try store.list().map(LocalSystem.value))
    }

    private static func value(_ listing: BarListing) -> Value {
        [
            "symbol": .text(listing.key.symbol.name), "bar_length": .text("\(listing.key.length)"),
            "from": listing.first.map { .text("\($0)") } ?? .null, "to": listing.last.map { .text("\($0)") } ?? .null,
            "bars": .integer(Int64(listing.count)), "simulated": false,
        ]
    }

    /// The share of one processor since the last look; nil at the first.
    private func share(_ seconds: Double?) -> Double? {
        guard let seconds else { return nil }
        let now = time.now
        return looked.withLock { looked in
            defer { looked = (now, seconds) }
            guard let before = looked, now > before.time else { return nil }
            return max(0, seconds - before.seconds) / ((now - before.time) / .seconds(1))
        }
    }

    private var freeBytes: Int64? {
        let found = try? FileManager.default.attributesOfFileSystem(forPath: loaded.home.path)[.systemFreeSize]
        return (found as? NSNumber)?.int64Value
    }
}
