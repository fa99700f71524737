import Determinism
import Synchronization
import Telemetry
import WorkflowModel

/// Looks at the parts of the process every ten seconds and keeps what it saw: answers about health never wait for a look.
final class HealthWatch: Sendable {
    /// A part, and how to find out how it does.
    struct Part: Sendable {
        let name: String
        /// What it cannot do its work without, by name.
        var dependsOn: [String] = []
        /// Looks; throws where the part does nothing.
        let look: @Sendable () throws -> Condition
    }

    /// How a part does.
    enum Condition: Sendable, Hashable {
        /// As it should, with something worth saying where there is.
        case up(String?)
        /// Less well than it should.
        case degraded(String)
    }

    private struct Look: Sendable {
        let time: Timestamp
        let latency: Duration
    }

    static let interval = Duration.seconds(10)

    private let parts: [Part]
    private let board: HealthBoard
    private let log: Log
    private let time: any TimeSource
    private let looks = Mutex<[String: Look]>([:])

    /// Parts that are made known to a board; all of them are required.
    init(_ parts: [Part], _ board: HealthBoard, _ log: Log, time: any TimeSource) {
        self.parts = parts
        self.board = board
        self.log = log
        self.time = time
        for part in parts { board.add(part.name, dependsOn: part.dependsOn) }
    }

    /// Looks again and again until it is cancelled.
    func run() async throws {
        while true {
            look()
            try await time.sleep(for: HealthWatch.interval)
        }
    }

    /// Looks at every part once; changes for the worse or the better go to the log.
    func look() {
        for part in parts {
            let began = time.now
            let changes = report(part)
            let look = Look(time: began, latency: time.now - began)
            looks.withLock { $0[part.name] = look }
            for change in changes {
                log.write(
                    change.to == .up ? .info : .warning, "a part's health changed",
                    [
                        "part": LogValue(change.component), "from": LogValue(change.from.rawValue),
                        "to": LogValue(change.to.rawValue),
                    ])
            }
        }
    }

    private func report(_ part: Part) -> [HealthChange] {
        do {
            switch try part.look() {
            case .up(let detail): return board.report(part.name, .up, reason: detail)
            case .degraded(let reason): return board.report(part.name, .degraded, reason: reason)
            }
        } catch {
            return board.report(part.name, .down, reason: "\(error)")
        }
    }

    /// What was seen last, as faces show it.
    var value: Value {
        let looks = looks.withLock { $0 }
        return .list(
            board.components.map { part in
                [
                    "name": .text(part.name), "status": .text(HealthWatch.word(part.state)),
                    "detail": part.reason.map(Value.text) ?? .null,
                    "checked_at": looks[part.name].map { .text("\($0.time)") } ?? .null,
                    "latency_ms": looks[part.name].map { .number($0.latency / .milliseconds(1)) } ?? .null,
                    "since": .text("\(part.since)"), "depends_on": .list(part.dependsOn.map(Value.text)),
                ]
            })
    }

    private static func word(_ state: ComponentHealth.State) -> String {
        switch state {
        case .up: "ok"
        case .degraded: "degraded"
        case .down: "failed"
        }
    }
}
