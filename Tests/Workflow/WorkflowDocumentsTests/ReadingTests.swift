import Testing
import WorkflowDocuments
import WorkflowModel

@Suite("Reading workflows") struct ReadingTests {
    private func read(_ text: String, _ options: DocumentOptions = DocumentOptions()) throws -> WorkflowDefinition {
        try #require(try WorkflowDocument.read(text, name: "w.yaml", options: options).get().first)
    }

    @Test func `stages take their windows, dependencies by type and conditional tasks`() throws {
        let day = try read(
            """
            name: day
            calendar: XNYS
            timeout: 12h
            max_concurrent_tasks: 5
            priority: 9
            stages:
              pre:
                window: {from: 06:00, until: open}
                tasks:
                  - {task_type: scan}
                  - {name: judge, task_type: assess, dependencies: scan}
              late:
                window: {from: close-1h30m, until: "16:00:30", every: 15m}
                tasks:
                  - name: act
                    task_type: conditional
                    condition: steps.judge.ok
                    dependencies: [assess]
                    actions: [hedge, {task_type: alert, name: tell, task_data: {to: desk}, compensate: retract}]
                  - {task_type: report, dependencies: [act]}
            """)
        #expect(day.priority == .critical)
        #expect(day.timeout == .seconds(43_200))
        #expect(day.concurrency == 5)
        #expect(
            day.stages == [
                Stage("pre", window: StageWindow(from: .time(.seconds(21_600)), until: .open(.zero))),
                Stage(
                    "late",
                    window: StageWindow(
                        from: .close(.seconds(-5_400)), until: .time(.seconds(57_630)), every: .seconds(900))),
            ])
        #expect(day.tasks.map(\.name) == ["scan", "judge", "act/hedge", "act/tell", "act", "report"])
        #expect(day.tasks.map(\.stage) == [0, 0, 1, 1, 1, 1])
        #expect(
            day.tasks.map(\.dependencies) == [
                [], ["scan"], ["judge"], ["act/hedge"], ["act/hedge", "act/tell"], ["act"],
            ])
        #expect(day.tasks[3].kind == .work(type: "alert"))
        #expect(day.tasks[3].params == ["to": "desk"])
        #expect(day.tasks[3].compensation == Compensation(type: "retract"))
        #expect(day.tasks[4].compensation == nil)
    }

    @Test func `steps take their limits, retries, caches and breakers`() throws {
        let workflow = try read(
            """
            name: w
            steps:
              - {name: a, agent: analyst, priority: low, timeout: 1.5, max_retries: 0}
              - {name: b, type: work, max_retries: 2, retry: {base: 250ms, max: 1m, jitter: 0.2}, cache: 1h}
              - {name: c, type: work, retry_delay: 5, cache: {keys: [input.day], lifetime: 60}}
              - {name: d, type: wait, params: {seconds: 90}, circuit_breaker: {failure_threshold: 2}}
              - {name: e, type: approval, params: {prompt: Go on?}, depends_on: [a, b]}
              - {name: f, type: join, depends_on: []}
              - {name: g, compensate: {type: undo, params: {all: true}}}
            """)
        let tasks = workflow.tasks
        #expect(tasks[0].agent == "analyst")
        #expect(tasks[0].priority == .low)
        #expect(tasks[0].timeout == .milliseconds(1_500))
        #expect(tasks[0].retry.attempts == 1)
        #expect(
            tasks[1].retry
                == RetryPolicy(attempts: 3, base: .milliseconds(250), longest: .seconds(60), jitter: 0.2))
        #expect(tasks[1].cache == CachePolicy(keys: [], lifetime: .seconds(3_600)))
        #expect(tasks[2].retry == RetryPolicy(attempts: 4, base: .seconds(5)))
        #expect(tasks[2].cache == CachePolicy(keys: ["input.day"], lifetime: .seconds(60)))
        #expect(tasks[3].kind == .wait(.seconds(90)))
        #expect(tasks[3].breaker == BreakerPolicy(failureThreshold: 2))
        #expect(tasks[4].kind == .approval)
        #expect(tasks[4].params == ["prompt": "Go on?"])
        #expect(tasks.map(\.dependencies) == [[], ["a"], ["b"], ["c"], ["a", "b"], [], ["f"]])
        #expect(tasks[6].compensation == Compensation(type: "undo", params: ["all": true]))
    }

    @Test func `triggers take every field`() throws {
        let workflow = try read(
            """
            name: w
            steps: [{name: s}]
            triggers:
              - {type: schedule, cron: "30 15 * * 1-5", timezone: America/New_York, missed: once, cooldown: 5m}
              - {type: price_change, symbol: AAPL, threshold: 0.02, direction: down}
              - {type: volume_spike, symbol: AAPL, multiplier: 2}
              - {type: volatility, vix_threshold: 30}
              - {type: news_sentiment, keywords: [FDA], sentiment_threshold: 0.7}
              - {type: breaking_news, sources: [Reuters], priority: high}
              - {type: webhook, name: hook}
              - {type: manual}
            """)
        #expect(
            workflow.triggers == [
                TriggerDefinition(
                    .schedule(cron: "30 15 * * 1-5", timeZone: "America/New_York", missed: .once),
                    cooldown: .seconds(300)),
                TriggerDefinition(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .down)),
                TriggerDefinition(.volumeSpike(symbol: "AAPL", multiplier: 2)),
                TriggerDefinition(.volatility(symbol: nil, level: 30)),
                TriggerDefinition(.newsSentiment(keywords: ["FDA"], threshold: 0.7)),
                TriggerDefinition(.breakingNews(sources: ["Reuters"], priority: .high)),
                TriggerDefinition(.webhook(name: "hook")), TriggerDefinition(.manual),
            ])
    }

    @Test func `what is not written comes from the options`() throws {
        var options = DocumentOptions()
        options.timeZone = "America/New_York"
        options.workflowTimeout = .seconds(60)
        options.taskTimeout = .seconds(5)
        options.retry = RetryPolicy(attempts: 2)
        let text = "name: w\nsteps: [{name: s}]\ntriggers: [{type: schedule, cron: '* * * * *'}]"
        let workflow = try read(text, options)
        #expect(workflow.timeout == .seconds(60))
        #expect(workflow.tasks[0].timeout == .seconds(5))
        #expect(workflow.tasks[0].retry.attempts == 2)
        #expect(
            workflow.triggers[0].kind
                == .schedule(cron: "* * * * *", timeZone: "America/New_York", missed: .skip))
    }

    @Test func `a file may hold several workflows in lists and documents`() throws {
        let text =
            "- {name: a, steps: [{name: s}]}\n- {name: b, steps: [{name: s}]}\n---\nname: c\nsteps: [{name: s}]\n"
        let reading = WorkflowDocument.read(text, name: "w.yaml")
        #expect(try reading.get().map(\.name) == ["a", "b", "c"])
    }

    @Test func `sound workflows are handed out beside what is wrong with others`() {
        let text = "- {name: a, steps: [{name: s}]}\n- {name: b, stepz: [{name: s}]}"
        let reading = WorkflowDocument.read(text, name: "w.yaml")
        #expect(reading.definitions.map(\.name) == ["a"])
        #expect(reading.problems.count == 2)
        #expect(throws: DocumentError.self) { try reading.get() }
    }

    @Test func `conditions may read joins, breakers, approvals and tasks by name`() {
        let text = """
            name: w
            steps:
              - {name: b, type: circuit_breaker}
              - {name: ask, type: approval}
              - {name: n, type: news_analysis}
              - {name: c, type: conditional, condition: failures < 3 and ask.approved, actions: [plan]}
              - {name: s, type: notify, condition: "steps.c['c/plan'].rounds > 1 and n.sentiment > 0"}
              - {name: t, type: notify, condition: length(steps) > 2 and 'n' in results and input.any.thing == 3}
            """
        #expect(Documents.problems(text) == [])
    }

    @Test func `conditions may read what earlier stages put out`() {
        let text = """
            name: w
            stages:
              a: {tasks: [{name: n, task_type: news_analysis}]}
              b: {tasks: [{name: s, task_type: notify, condition: steps.n.sentiment > 0.5 and sentiment < 1}]}
            """
        #expect(Documents.problems(text) == [])
        #expect(
            Documents.problems(text.replacing("sentiment < 1", with: "sentiment < 'x'")) == [
                "4:55: stages.b.tasks[0].condition: column 39 of the condition: '<' cannot compare a number with text"
            ])
    }
}
