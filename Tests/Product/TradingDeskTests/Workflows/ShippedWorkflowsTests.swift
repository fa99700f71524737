import Determinism
import MarketData
import TaskQueues
import Testing
import WorkflowDocuments
import WorkflowModel

@testable import TradingDesk

/// What ships with the program: days, the workflows of messages, queues.
@Suite struct ShippedWorkflowsTests {
    @Test func `every document is read without problems and makes a sound plan`() throws {
        #expect(ShippedWorkflows.documents.count == 6)
        for (name, text) in ShippedWorkflows.documents {
            let reading = WorkflowDocument.read(text, name: name, options: StepLibrary.documentOptions)
            #expect(reading.problems.map(\.description) == [])
            #expect(reading.definitions.map(\.name) == [name])
            for definition in reading.definitions { #expect(throws: Never.self) { try WorkflowPlan(definition) } }
        }
    }

    @Test func `the standard day has five stages with twelve tasks and two for the close`() throws {
        let day = try ShippedWorkflows.definition(of: .standard)
        #expect(day.calendar == "XNYS")
        #expect(day.stages.map(\.name) == ["pre_market", "market_open", "intraday", "closing", "post_market"])
        let counts = day.stages.indices.map { stage in day.tasks.count { $0.stage == stage } }
        #expect(counts == [4, 2, 3, 2, 3])
        #expect(day.stages[2].window?.every == .seconds(900))
        let trades = try #require(day.tasks.first { $0.name == "generate_trades" })
        #expect(trades.dependencies == ["market_analysis", "risk_assessment"])
        #expect(trades.agent == "portfolio_manager")
        #expect(trades.priority == .high)
    }

    @Test func `special days add their own`() throws {
        let earnings = try ShippedWorkflows.definition(of: .earnings)
        let review = try #require(earnings.tasks.first { $0.name == "earnings_review" })
        #expect(review.priority == .critical)
        #expect(review.stage == 0)
        let fomc = try ShippedWorkflows.definition(of: .fomc)
        #expect(fomc.tasks.first { $0.name == "generate_trades" }?.params["risk_adjustment"] == 0.5)
        let expiration = try ShippedWorkflows.definition(of: .optionsExpiration)
        #expect(expiration.tasks.first { $0.name == "roll_or_close" }?.stage == 3)
    }

    @Test(arguments: [
        ("2024-11-15", true), ("2024-11-22", false), ("2024-03-15", true), ("2019-04-18", true), ("2019-04-19", false),
        ("2024-06-21", true),
    ])
    func `options expire on the third Friday or the session before`(text: String, expires: Bool) throws {
        let date = try #require(CivilDate(text))
        #expect(TradingDayChooser.isOptionsExpiration(date, calendar: .newYorkStockExchange) == expires)
    }

    @Test func `of several sorts the most careful one is run and none is guessed`() throws {
        let date = try #require(CivilDate("2024-12-20"))
        let calendar = ExchangeCalendar.newYorkStockExchange
        #expect(TradingDayChooser().kind(on: date, calendar: calendar) == .optionsExpiration)
        let chooser = TradingDayChooser(fomc: [date], earnings: [date])
        #expect(chooser.kinds(on: date, calendar: calendar) == [.fomc, .optionsExpiration, .earnings])
        let other = try #require(CivilDate("2024-12-18"))
        #expect(TradingDayChooser().kind(on: other, calendar: calendar) == .standard)
    }

    @Test func `the queues are those of the settings and can be made`() throws {
        let queue = InMemoryTaskQueue()
        let time = Timestamp(nanoseconds: 0)
        for preset in QueuePresets.queues { try queue.createQueue(preset.name, preset.settings, at: time) }
        let names = QueuePresets.queues.map(\.name.text)
        #expect(names == ["dead-letter-queue", "risk-alerts", "trading-signals", "hft-queue"])
        let fast = try queue.settings(of: "hft-queue")
        #expect(fast.maxRetries == 3)
        #expect(fast.visibilityTimeout == .seconds(30))
        #expect(fast.messageRetention == .seconds(86_400))
        #expect(fast.batchSize == 10)
        #expect(fast.ordering == .firstInFirstOut)
        #expect(fast.deduplication)
        let documents = Set(ShippedWorkflows.documents.map(\.name))
        #expect(QueuePresets.routes.allSatisfy { documents.contains($0.workflow) })
        #expect(QueuePresets.routes.max { $0.priority < $1.priority }?.kind == "risk_alert")
    }
}
