import Determinism
import Synchronization
import Telemetry
import Testing

@Suite struct Logs {
    let tail = LogTail(capacity: 3)
    let time = ManualTime(at: Timestamp(nanoseconds: 1_700_000_000_000_000_001))

    func router(_ levels: LogLevels = LogLevels(), redactor: Redactor = Redactor()) -> LogRouter {
        LogRouter(time: time, redactor: redactor, levels: levels, sinks: [tail])
    }

    @Test func `does not make the message of a line that is not wanted`() throws {
        let made = Atomic(0)
        func message() -> String {
            made.add(1, ordering: .relaxed)
            return "made"
        }
        let router = router(try LogLevels(parsing: "info,http=debug"))
        router.log("engine").debug(message())
        Log.silent.error(message())
        #expect(made.load(ordering: .relaxed) == 0)
        router.log("http").debug(message())
        #expect(made.load(ordering: .relaxed) == 1)
        #expect(tail.records(limit: 9).map(\.record.component) == ["http"])
        #expect(router.log("http").isEnabled(.debug) && !router.log("http").isEnabled(.trace))
    }

    @Test func `carries the trace of the task that logs`() async throws {
        let log = router().log("engine")
        let context = TraceContext(root: TraceID(derivedFrom: "cron", "2026-01-05T14:30:00Z"))
        log.info("outside")
        await TraceContext.$current.withValue(context) {
            log.info("inside")
            async let child: Void = log.info("in a child")
            await child
        }
        let traces = tail.records(limit: 9).map(\.record.trace)
        #expect(traces == [nil, context.trace.hex, context.trace.hex])
    }

    @Test func `shows no sink a secret, in message or fields`() {
        let redactor = Redactor()
        redactor.register("hunter22")
        router(redactor: redactor).log("broker").info(
            "login with hunter22", ["api_key": 12, "note": "was hunter22", "quantity": 5])
        let record = tail.records(limit: 1).first?.record
        #expect(record?.message == "login with [redacted]")
        #expect(record?.fields == ["api_key": "[redacted]", "note": "was [redacted]", "quantity": 5])
    }

    @Test func `keeps the last lines under their numbers`() {
        let log = router().log("a")
        #expect(tail.records(limit: 9).isEmpty)
        for number in 1...5 { log.info("line \(number)") }
        #expect(tail.lastSequence == 5)
        #expect(tail.records(limit: 9).map(\.sequence) == [3, 4, 5])
        #expect(tail.records(limit: 9).map(\.record.message) == ["line 3", "line 4", "line 5"])
        #expect(tail.records(after: 3, limit: 1).map(\.sequence) == [4])
        #expect(tail.records(after: 5, limit: 9).isEmpty)
        #expect(tail.records(after: .max, limit: 9).isEmpty)
        #expect(tail.records(after: 0, limit: -1).isEmpty)
    }

    @Test func `tells subscribers until they leave`() {
        let heard = Mutex<[UInt64]>([])
        let log = router().log("a")
        let subscription = tail.subscribe { entry in heard.withLock { $0.append(entry.sequence) } }
        log.info("one")
        log.info("two")
        tail.unsubscribe(subscription)
        log.info("three")
        #expect(heard.withLock { $0 } == [1, 2])
    }
}
