import Determinism
import MarketData
import Testing
import TradingModel
import WorkflowEngine
import WorkflowModel

@testable import TradingDesk

/// The windows of a day's stages on the exchange's clock.
@Suite struct StageClockTests {
    private let day: WorkflowDefinition
    private let calendar = ExchangeCalendar.newYorkStockExchange

    init() throws {
        day = try ShippedWorkflows.definition(of: .standard)
    }

    private func spans(_ text: String) throws -> [String] {
        let date = try #require(CivilDate(text))
        guard case .windows(let windows) = StageClock.windows(of: day, on: date, calendar: calendar) else { return [] }
        return windows.map { $0.map { "\(Self.clock($0.from))-\(Self.clock($0.until))" } ?? "none" }
    }

    private static func clock(_ moment: Timestamp) -> String {
        String("\(moment)".dropFirst(11).prefix(5))
    }

    @Test func `an ordinary summer day in universal time`() throws {
        #expect(
            try spans("2024-07-10") == ["10:00-13:30", "13:30-14:30", "14:30-19:00", "19:00-20:00", "20:00-22:00"])
    }

    @Test func `the Mondays after both changes of the clocks`() throws {
        #expect(try spans("2024-03-08").first == "11:00-14:30")
        #expect(try spans("2024-03-11").first == "10:00-13:30")
        #expect(try spans("2024-11-01").first == "10:00-13:30")
        #expect(try spans("2024-11-04").first == "11:00-14:30")
        #expect(try spans("2024-11-04").last == "21:00-23:00")
    }

    @Test(arguments: ["2024-11-29", "2024-12-24"]) func `half days close at one`(date: String) throws {
        #expect(
            try spans(date) == ["11:00-14:30", "14:30-15:30", "15:30-17:00", "17:00-18:00", "18:00-20:00"])
    }

    @Test(arguments: [
        ("2024-11-28", "Thanksgiving Day"), ("2024-11-30", "Weekend"), ("2024-12-25", "Christmas Day"),
        ("2024-03-29", "Good Friday"),
    ])
    func `closed days say why`(text: String, reason: String) throws {
        let date = try #require(CivilDate(text))
        #expect(StageClock.windows(of: day, on: date, calendar: calendar) == .closed(reason: reason))
    }

    @Test func `outside what the calendar covers nothing is guessed`() throws {
        let date = try #require(CivilDate("1962-01-02"))
        guard case .closed(let reason) = StageClock.windows(of: day, on: date, calendar: calendar) else {
            Issue.record("there is no session to know of")
            return
        }
        #expect(reason.hasPrefix("outside the calendar XNYS"))
    }

    @Test func `a window without room is over before the day begins`() throws {
        var narrow = day
        narrow.stages[2].window = StageWindow(from: .open(.seconds(4 * 3_600)), until: .close(.seconds(-3_600)))
        let date = try #require(CivilDate("2024-11-29"))
        guard case .windows(let windows) = StageClock.windows(of: narrow, on: date, calendar: calendar),
            let window = windows[2], let first = windows[0]
        else {
            Issue.record("it is a session")
            return
        }
        #expect(window.until <= first.from)
    }
}
