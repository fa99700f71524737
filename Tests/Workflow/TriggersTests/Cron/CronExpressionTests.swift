import Determinism
import Testing

@testable import Triggers

/// Agreement with croniter over thousands of expressions is checked by `Tests/Clients/cron/compare_croniter.py`.
@Suite struct CronExpressionTests {
    @Test func `fires on weekdays at nine in New York, also across the change to summer time`() throws {
        let times = try next(3, CronExpression("0 9 * * 1-5"), "America/New_York", after: "2026-03-05T20:00:00Z")
        #expect(times == ["2026-03-06T14:00:00Z", "2026-03-09T13:00:00Z", "2026-03-10T13:00:00Z"])
    }

    @Test func `a time that the clock skips fires once, at the end of the gap`() throws {
        let times = try next(3, CronExpression("0,30 2 * * *"), "America/New_York", after: "2026-03-08T00:00:00Z")
        #expect(times == ["2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z", "2026-03-09T06:30:00Z"])
    }

    @Test func `a time that the clock shows twice fires the first time only`() throws {
        let times = try next(2, CronExpression("30 1 * * *"), "America/New_York", after: "2026-11-01T00:00:00Z")
        #expect(times == ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"])
        let between = try next(1, CronExpression("30 1 * * *"), "America/New_York", after: "2026-11-01T05:45:00Z")
        #expect(between == ["2026-11-02T06:30:00Z"])
    }

    @Test func `an expression with a star goes on through both changes by elapsed time`() throws {
        let spring = try next(3, CronExpression("0 * * * *"), "America/New_York", after: "2026-03-08T05:30:00Z")
        #expect(spring == ["2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z"])
        let autumn = try next(4, CronExpression("*/30 1 * * *"), "America/New_York", after: "2026-11-01T05:00:00Z")
        #expect(
            autumn == [
                "2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z", "2026-11-02T06:00:00Z",
            ])
    }

    @Test func `a star within the hour that a clock skips does not fire that day`() throws {
        let times = try next(1, CronExpression("*/20 2 * * *"), "America/New_York", after: "2026-03-08T00:00:00Z")
        #expect(times == ["2026-03-09T06:00:00Z"])
    }

    @Test func `a day that a zone left out fires when the next one begins`() throws {
        let times = try next(2, CronExpression("0 12 30 12 *"), "Pacific/Apia", after: "2011-12-01T00:00:00Z")
        #expect(times == ["2011-12-30T10:00:00Z", "2012-12-29T22:00:00Z"])
    }

    @Test(arguments: [
        ("0 0 13 * 5", ["2026-02-06", "2026-02-13", "2026-02-20"]), ("0 0 L * *", ["2026-02-28", "2026-03-31"]),
        ("0 0 * * 7", ["2026-02-08", "2026-02-15"]), ("0 0 * * FRI-SUN", ["2026-02-06", "2026-02-07", "2026-02-08"]),
        ("0 0 29 2 *", ["2028-02-29", "2032-02-29"]), ("@monthly", ["2026-03-01"]), ("@YEARLY", ["2027-01-01"]),
        ("0 0 */10 * *", ["2026-02-11", "2026-02-21", "2026-03-01", "2026-03-11"]),
        ("0 0 */1 * mon", ["2026-02-09"]), ("0 0 25/3 feb *", ["2026-02-25", "2026-02-28", "2027-02-25"]),
        ("0  0\t1,15 * *", ["2026-02-15", "2026-03-01"]), ("0 0 */10 * 0-6", ["2026-02-11"]),
    ])
    func `days follow the rules of cron`(text: String, days: [String]) throws {
        let times = try next(days.count, CronExpression(text), "UTC", after: "2026-02-02T00:00:00Z")
        #expect(times == days.map { "\($0)T00:00:00Z" })
    }

    @Test(arguments: ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "* * 31 FEB *"])
    func `what can never fire has no next time`(text: String) throws {
        let cron = try CronExpression(text)
        #expect(try next(1, cron, "America/New_York", after: "2026-01-01T00:00:00Z").isEmpty)
        #expect(cron.previous(before: Timestamp(nanoseconds: 0), in: try LocalZone("UTC")) == nil)
    }

    @Test(arguments: [
        ("60 * * * *", "column 1, minute: '60' is not allowed; allowed are 0 to 59"),
        ("0 24 * * *", "column 3, hour: '24' is not allowed; allowed are 0 to 23"),
        ("0 9 0 * *", "column 5, day of month: '0' is not allowed; allowed are 1 to 31 or L for the last day"),
        ("0 9 * JANUARY *", "column 7, month: 'JANUARY' is not allowed; allowed are 1 to 12 or JAN to DEC"),
        (
            "0 9 * * 1-8",
            "column 11, day of week: '8' is not allowed; allowed are 0 to 7 (0 and 7 are Sunday) or SUN to SAT"
        ),
        ("0 22-2 * * *", "column 3, hour: the range '22-2' runs backwards; write '22-23,0-2'"),
        ("*/0 * * * *", "column 3, minute: '0' is no step; a step is a number from 1 to 59"),
        ("*/ * * * *", "column 3, minute: '' is no step; a step is a number from 1 to 59"),
        ("1,,2 * * * *", "column 3, minute: a list has an empty place"),
        ("0 9 * * MON,", "column 13, day of week: a list has an empty place"),
        ("0 9 * *", "column 1: 4 fields in place of 5: minute hour day month weekday"),
        ("", "column 1: 0 fields in place of 5: minute hour day month weekday"),
        ("-5 * * * *", "column 1, minute: '' is not allowed; allowed are 0 to 59"),
        (
            "99999999999999999999 * * * *",
            "column 1, minute: '99999999999999999999' is not allowed; allowed are 0 to 59"
        ),
        ("0 9 15W * *", "column 5, day of month: '15W' is not allowed; allowed are 1 to 31 or L for the last day"),
        (
            "  @reboot",
            """
            column 3: '@reboot' is unknown; known are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually
            """
        ),
    ])
    func `a wrong expression is refused with field, column and what is allowed`(text: String, message: String) {
        let error = #expect(throws: CronError.self) { try CronExpression(text) }
        #expect(error?.description == message)
    }

    @Test(arguments: ["*/7 1-3 * * *", "30 2 * * 0", "0 0 1 * *", "15,45 */2 L * *"])
    func `previous, next and all name the same firings`(text: String) throws {
        let (cron, zone) = (try CronExpression(text), try LocalZone("Australia/Lord_Howe"))
        let first = try #require(Timestamp("2024-01-01T00:00:00Z"))
        let last = try #require(Timestamp("2025-12-31T00:00:00Z"))
        let all = cron.all(from: first, through: last, in: zone)
        var forward: [Timestamp] = []
        while let next = cron.next(after: forward.last ?? first - .nanoseconds(1), in: zone), next <= last {
            forward.append(next)
        }
        #expect(all == forward && all.count > 20)
        #expect(zip(all, all.dropFirst()).allSatisfy { cron.previous(before: $1, in: zone) == $0 })
        #expect(cron.all(from: first, through: last, in: zone, limit: 3) == Array(all.prefix(3)))
    }

    @Test func `times at the ends of the calendar do not trap`() throws {
        let (cron, zone) = (try CronExpression("*/5 * * * *"), try LocalZone("America/New_York"))
        for edge in [Int64.min, Int64.max].map(Timestamp.init(nanoseconds:)) {
            _ = cron.next(after: edge, in: zone)
            _ = cron.previous(before: edge, in: zone)
            _ = cron.all(from: edge, through: edge, in: zone)
        }
        #expect(cron.next(after: Timestamp(nanoseconds: .max), in: zone) == nil)
    }

    @Test(arguments: ["Mars/Olympus", "", "New York", "EST", "../../etc/passwd", "America/", "/", "America/New_York\0"])
    func `an unknown time zone is refused`(name: String) {
        let error = #expect(throws: TriggerError.self) { try LocalZone(name) }
        #expect(error?.message == "'\(name)' is no time zone; write a name such as America/New_York or UTC")
    }
}

/// The next firings as text.
func next(_ count: Int, _ cron: CronExpression, _ zone: String, after text: String) throws -> [String] {
    let zone = try LocalZone(zone)
    var moment = try #require(Timestamp(text))
    var times: [String] = []
    while times.count < count, let next = cron.next(after: moment, in: zone) {
        times.append("\(next)")
        moment = next
    }
    return times
}
