import Determinism
import Testing
import Triggers
import WorkflowModel

@Suite struct ScheduleTriggerTests {
    private func hourly(_ missed: MissedFirePolicy, cooldown: Duration = .zero) throws -> TriggerMachine {
        try machine(.schedule(cron: "0 * * * *", timeZone: "UTC", missed: missed), cooldown: cooldown)
    }

    @Test func `fires when due and not before`() throws {
        var trigger = try hourly(.skip)
        let early = trigger.evaluate(.tick, at: try at("01-01T00:59:59"))
        #expect(early.reason == "not due before 2026-01-01T01:00:00Z")
        let firing = trigger.evaluate(.tick, at: try at("01-01T01:00:02")).firings.first
        #expect(firing?.scheduled == (try at("01-01T01:00")))
        #expect(firing?.cause == "due at 2026-01-01T01:00:00Z ('0 * * * *' in UTC)")
        #expect(trigger.nextScheduled == (try at("01-01T02:00")))
        #expect(trigger.evaluate(.tick, at: try at("01-01T01:00:03")).firings.isEmpty)
    }

    @Test(
        arguments: [
            (MissedFirePolicy.skip, "05:30", []), (.skip, "05:00", ["05:00"]), (.once, "05:30", ["05:00"]),
            (.all, "05:30", ["01:00", "02:00", "03:00", "04:00", "05:00"]),
        ] as [(MissedFirePolicy, String, [String])])
    func `what was missed is skipped, made up for once, or all of it`(
        missed: MissedFirePolicy, time: String, times: [String]
    ) throws {
        var trigger = try hourly(missed)
        let decision = trigger.evaluate(.tick, at: try at("01-01T\(time)"))
        #expect(decision.firings.map(\.scheduled) == (try times.map { try at("01-01T\($0)") }))
        #expect(Set(decision.firings.map(\.id)).count == times.count)
        #expect(trigger.nextScheduled == (try at("01-01T06:00")))
        #expect(decision.reason?.contains("skipped") == (times.isEmpty ? true : nil))
    }

    @Test func `a firing has the same id when it comes again after a crash`() throws {
        var (first, second) = (try hourly(.once), try hourly(.once))
        let before = first.evaluate(.tick, at: try at("01-01T01:00:01")).firings.map(\.id)
        #expect(before == second.evaluate(.tick, at: try at("01-01T01:40")).firings.map(\.id))
    }

    @Test func `a long outage is made up for in portions, losing none`() throws {
        var trigger = try machine(.schedule(cron: "* * * * *", timeZone: "UTC", missed: .all))
        let time = try at("01-03T00:00")
        var made: [Timestamp?] = []
        while case .fired(let firings) = trigger.evaluate(.tick, at: time) { made += firings.map(\.scheduled) }
        #expect(made.count == 2 * 1_440 && Set(made).count == made.count && made.last == time)
    }

    @Test func `times that come while paused are forgotten`() throws {
        var trigger = try hourly(.all)
        trigger.pause(by: "ann", at: try at("01-01T00:30"))
        let paused = trigger.evaluate(.tick, at: try at("01-01T02:30"))
        #expect(paused.reason?.hasPrefix("paused by ann since 2026-01-01T00:30:00Z") == true)
        trigger.resume(at: try at("01-01T04:30"))
        #expect(trigger.evaluate(.tick, at: try at("01-01T04:31")).firings.isEmpty)
        #expect(trigger.evaluate(.tick, at: try at("01-01T05:00")).firings.count == 1)
    }

    @Test func `a cooldown counts between scheduled times`() throws {
        var trigger = try hourly(.all, cooldown: .seconds(7_200))
        let times = trigger.evaluate(.tick, at: try at("01-01T05:30")).firings.map(\.scheduled)
        #expect(times == (try ["01:00", "03:00", "05:00"].map { try at("01-01T\($0)") }))
    }

    @Test(arguments: [
        ("0 9 * *", "UTC", "trigger 'schedule': the cron expression '0 9 * *' is wrong at column 1: 4 fields"),
        ("0 9 * * *", "Nowhere", "trigger 'schedule': 'Nowhere' is no time zone"),
        ("0 0 30 2 *", "UTC", "trigger 'schedule': the cron expression '0 0 30 2 *' can never fire"),
    ])
    func `a schedule that cannot work is refused`(cron: String, zone: String, message: String) {
        let error = #expect(throws: TriggerError.self) {
            try machine(.schedule(cron: cron, timeZone: zone, missed: .skip))
        }
        #expect(error?.message.hasPrefix(message) == true)
    }
}
