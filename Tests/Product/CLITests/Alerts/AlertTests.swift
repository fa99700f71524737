import Determinism
import Networking
import RiskControl
import Synchronization
import Telemetry
import Testing
import TradingDesk
import TradingModel
import WorkflowEngine
import WorkflowModel

@testable import CLI

/// Alerts, from what happened to the address that hears of them.
@Suite struct AlertTests {
    private static let start = Timestamp(CivilDate(daysSinceEpoch: 20_000))

    @Test func `what a person should hear of is an alert, and nothing else`() {
        let time = AlertTests.start
        let events: [(DeskEvent, Alert.Kind?)] = [
            (.halted(.dailyLoss(start: 100, equity: 90, limit: 0.05), at: time), .riskBreach),
            (.controlled(DeskControl(.halt(reason: "noon"), by: "amy"), at: time), .halt),
            (.controlled(DeskControl.resume, at: time), nil), (.pipelineFailed("no bars", at: time), .pipelineFailed),
            (.slice(time, bars: 3), nil),
        ]
        for (event, kind) in events { #expect(Alert(event)?.kind == kind) }
        func orchestration(_ kind: OrchestrationEvent.Kind, _ detail: Value) -> Alert? {
            Alert(OrchestrationEvent(kind, at: time, run: RunID("r"), subject: "words", detail: detail))
        }
        #expect(orchestration(.workflowFailed, ["status": "failed"])?.kind == .runFailed)
        #expect(orchestration(.workflowFailed, ["status": "cancelled"]) == nil)
        #expect(orchestration(.systemAlert, ["key": "k"])?.kind == .alert)
        #expect(orchestration(.systemAlert, ["kind": "x", "reason": "invalid"])?.kind == .deadLetter)
        #expect(orchestration(.marketEvent, ["key": "k"])?.kind == .notification)
        #expect(orchestration(.marketEvent, ["trigger": "price_change"]) == nil)
        #expect(orchestration(.taskCompleted, .null) == nil)
    }

    /// An alert desk on a clock that the test moves, with a log that the test reads.
    private struct Bench {
        let time = ManualTime(at: AlertTests.start)
        let tail = LogTail()
        let desk: AlertDesk
        private let router: LogRouter

        init(isSent: Bool = true) {
            router = LogRouter(
                time: time, redactor: Redactor(), levels: LogLevels(.info), sinks: [tail])
            desk = AlertDesk(router.log("alerts"), isSent: isSent, epoch: "e", time: time)
        }

        func delivery(_ send: @escaping AlertDelivery.Send) -> AlertDelivery {
            AlertDelivery(
                desk: desk, sender: .init(run: "run-1", isSimulated: true, version: "1"), log: router.log("alerts"),
                time: time, send: send)
        }

        func messages() async -> [String] {
            await router.flush()
            return tail.records(after: 0, limit: 1000).map(\.record.message)
        }
    }

    @Test func `an alert that does not arrive is tried again with longer waits, under one name`() async throws {
        let bench = Bench()
        let tries = Mutex<[(at: Timestamp, key: String)]>([])
        let delivery = bench.delivery { [time = bench.time] _, headers in
            let key = headers.first { $0.name == "Idempotency-Key" }?.value ?? ""
            let count = tries.withLock { tries in
                tries.append((time.now, key))
                return tries.count
            }
            if count < 3 { throw WebClient.Failure.refused }
            return 200
        }
        let running = Task { try await delivery.run() }
        bench.desk.take(Alert(.halt, "noon"))
        for _ in 0..<2 { bench.time.advance(to: await bench.time.nextDeadline()) }
        while tries.withLock({ $0.count }) < 3 { await Task.yield() }
        running.cancel()
        let found = tries.withLock { $0 }
        #expect(found.map(\.key) == ["e-1", "e-1", "e-1"])
        #expect(found.map { $0.at - AlertTests.start } == [.zero, .seconds(1), .seconds(5)])
        #expect(await bench.messages().filter { $0 == "an alert did not arrive" }.count == 2)
    }

    @Test func `an alert is given up in the end, and the next one is sent`() async throws {
        let bench = Bench()
        let bodies = Mutex<[Value]>([])
        let delivery = bench.delivery { json, _ in
            let value = try Value(json: json)
            bodies.withLock { $0.append(value) }
            return value["kind"] == "halt" ? 500 : 204
        }
        let running = Task { try await delivery.run() }
        bench.desk.take(Alert(.halt, "noon"))
        bench.desk.take(Alert(.notification, "done", run: "r-1"))
        for _ in 0..<3 { bench.time.advance(to: await bench.time.nextDeadline()) }
        while bodies.withLock({ $0.count }) < 5 { await Task.yield() }
        running.cancel()
        let last = try #require(bodies.withLock { $0.last })
        #expect(last["severity"] == "info" && last["text"] == "done" && last["execution_id"] == "r-1")
        #expect(last["run"] == "run-1" && last["simulated"] == true)
        #expect(await bench.messages().contains("an alert was given up after 4 tries"))
    }

    @Test func `where nobody takes them, so many wait and the rest is said in the log`() async {
        let bench = Bench()
        for number in 0...AlertDesk.capacity { bench.desk.take(Alert(.halt, "\(number)")) }
        #expect(await bench.messages().contains("an alert is not sent: \(AlertDesk.capacity) wait already"))
    }

    @Test func `without an address an alert is in the log and on the terminal, and nothing waits`() async {
        let bench = Bench(isSent: false)
        bench.desk.take(
            OrchestrationEvent(.systemAlert, at: AlertTests.start, subject: "look here", detail: ["key": "k"]))
        #expect(bench.desk.takeUnshown().map(\.subject) == ["look here"])
        #expect(bench.desk.takeUnshown().isEmpty)
        #expect(await bench.messages() == ["look here"])
        await bench.desk.drain(patience: .seconds(5))
    }
}

extension WebClient.Failure {
    fileprivate static let refused = WebClient.Failure(message: "no")
}
