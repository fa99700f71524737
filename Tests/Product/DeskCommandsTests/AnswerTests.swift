import Testing
import WorkflowModel

@testable import DeskCommands

/// Every command's answer is what its schema says.
@Suite struct AnswerTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    /// Arguments for commands that need some; those not named here take none.
    private func arguments() async throws -> [String: [String: Value]] {
        let order = try await bench.call("orders.list").field("items")[0]?["id"] ?? .null
        let decision = try await bench.call("decisions.list").field("items")[0]?["sequence"] ?? .null
        let symbol = try await bench.call("instruments").field("items")[0]?["symbol"] ?? .null
        return [
            "bars": ["symbol": symbol, "limit": 60, "indicators": ["sma:20", "macd:12:26:9", "bollinger:20:2"]],
            "marks": ["symbol": symbol], "orders.show": ["id": order], "decisions.show": ["sequence": decision],
            "orders.place": ["symbol": symbol, "side": "buy", "quantity": 5],
            "limits.change": ["max_daily_loss": 0.001], "workflows.show": ["workflow_id": "chain"],
            "workflows.status": ["workflow_id": "chain", "include_metrics": true],
            "workflows.graph": ["workflow_id": "asking"],
            "workflows.create": ["name": "new", "steps": [["name": "a", "type": "x"]], "metadata": ["team": "one"]],
            "workflows.check": ["document": .text(SampleWorkflows.chain)],
            "workflows.update": ["workflow_id": "chain", "updates": ["steps[0].params.threshold": 0.7]],
            "workflows.run": ["workflow_id": "chain", "test_mode": true, "async": false],
            "workflows.audit": ["workflow_id": "chain"],
            "workflows.assign": ["workflow_id": "chain", "step": "first", "agent_type": "watcher"],
            "runs.show": ["execution_id": "asking-open"], "runs.history": ["execution_id": "chain-bad"],
            "runs.cancel": ["execution_id": "asking-open"],
            "runs.approve": ["execution_id": "asking-open", "step": "confirm"],
            "runs.fork": ["execution_id": "chain-bad", "from": ["second"]],
            "triggers.pause": ["workflow_id": "chain"], "triggers.resume": ["workflow_id": "chain"],
            "queues.status": ["queue_name": "trading-signals", "include_messages": true],
            "queues.messages": ["name": "trading-signals", "dead": true],
            "queues.send": ["name": "trading-signals", "body": ["a": 1]],
            "queues.create": ["name": "fresh", "max_retries": 1, "rate_limit": ["messages": 5, "seconds": 1]],
            "queues.redrive": ["name": "trading-signals"], "queues.purge": ["name": "trading-signals"],
            "backtests.run": ["symbols": ["AAPL"], "strategy": "cross"],
            "backtests.show": ["id": "backtest-1"], "backtests.cancel": ["id": "backtest-1"],
        ]
    }

    @Test func `every answer fits its schema`() async throws {
        try await bench.backtests.start([:], named: "backtest-1", by: "ada")
        let arguments = try await arguments()
        let access = Set(AccessCommands.all.map(\.name))
        for command in CommandCatalog.commands where !access.contains(command.name) {
            let answer = try await bench.call(command.name, arguments[command.name] ?? [:], as: command.name)
            let faults = command.answer.faults(in: answer).map { "\($0.field) \($0.message)" }
            #expect(faults == [], "\(command.name)")
            _ = try answer.json()
        }
    }

    @Test func `where nothing ever ran, queries answer or say so`() async throws {
        let empty = try Bench(withMarket: false)
        let needsDesk: Set = [
            "portfolio", "performance", "equity", "signals", "instruments", "quotes", "bars", "marks", "risk",
        ]
        for command in CommandCatalog.commands where command.isQuery && command.fields.allSatisfy({ !$0.isRequired }) {
            guard command.permission == .read, !command.name.hasPrefix("confirmations") else { continue }
            let problem = await empty.problem(command.name, [:])
            #expect(problem?.code == (needsDesk.contains(command.name) ? .unavailable : nil), "\(command.name)")
        }
        #expect(try await empty.call("status").field("state") == "none")
        #expect(try await empty.call("audit.verify").field("head") == .null)
    }

    @Test(
        arguments: [
            ("orders.show", ["id": "none"], CommandProblem.Code.notFound, ""),
            ("orders.list", ["limit": 501], .invalid, "limit"), ("orders.list", ["state": "odd"], .invalid, "state"),
            ("orders.list", ["cursor": "rubbish"], .invalid, "cursor"), ("orders.list", ["odd": 1], .invalid, "odd"),
            ("orders.place", ["symbol": "NOPE", "side": "buy", "quantity": 1], .notFound, ""),
            ("orders.place", ["symbol": "NOPE", "side": "hold", "quantity": 1], .invalid, "side"),
            ("orders.place", ["side": "buy", "quantity": -1], .invalid, "symbol"),
            ("decisions.show", ["sequence": 1], .notFound, ""),
            ("decisions.show", ["sequence": "x"], .invalid, "sequence"),
            ("bars", ["symbol": "NOPE"], .notFound, ""), ("runs.show", ["execution_id": "none"], .notFound, ""),
            ("runs.cancel", ["execution_id": "chain-good"], .conflict, ""),
            ("runs.fork", ["execution_id": "chain-bad", "from": ["third"]], .invalid, "from"),
            ("workflows.show", ["workflow_id": "none"], .notFound, ""),
            ("workflows.show", ["workflow_id": "chain", "version": 9], .notFound, ""),
            ("workflows.create", [:], .invalid, "name"),
            ("workflows.create", ["name": "chain", "steps": [["name": "a", "type": "x"]]], .conflict, ""),
            ("workflows.create", ["name": "odd", "steps": [["name": "a", "typ": "x"]]], .invalid, "steps[0]"),
            ("workflows.create", ["document": "name: x\nsteps:\n  - {name: a, typ: b}\n"], .invalid, "document:3"),
            ("workflows.update", ["workflow_id": "chain", "updates": [:]], .invalid, "updates"),
            (
                "workflows.update", ["workflow_id": "chain", "updates": ["steps[7].type": "x"]], .invalid,
                "updates.steps[7].type"
            ),
            ("workflows.run", ["workflow_id": "chain"], .invalid, "test_mode"),
            ("workflows.audit", ["workflow_id": "chain", "start_time": "noon"], .invalid, "start_time"),
            ("workflows.assign", ["workflow_id": "chain", "step": "first"], .invalid, "agent_type"),
            ("workflows.graph", ["workflow_id": "chain", "run": "asking-open"], .invalid, "run"),
            ("triggers.pause", ["workflow_id": "chain", "trigger": "none"], .invalid, "trigger"),
            ("triggers.pause", ["workflow_id": "none"], .notFound, ""),
            ("queues.messages", ["name": "none"], .notFound, ""),
            ("queues.send", ["name": "none", "body": "x"], .notFound, ""),
            ("queues.create", ["name": "q", "ordering": "odd"], .invalid, "ordering"),
            ("queues.create", ["name": "q", "dead_letter_queue": "q"], .invalid, ""),
            ("queues.purge", ["name": "trading-signals", "numbers": [99]], .notFound, ""),
            ("statistics", ["workflow": "none"], .notFound, ""), ("statistics", ["hours": 0], .invalid, "hours"),
            ("backtests.run", [:], .invalid, "symbols"),
            ("backtests.run", ["simulated": true, "from": "soon"], .invalid, "from"),
            ("backtests.run", ["simulated": true, "strategy": "cross", "fast": 50, "slow": 10], .invalid, "fast"),
            ("backtests.show", ["id": "none"], .notFound, ""), ("limits.change", [:], .invalid, ""),
            ("limits.change", ["max_daily_loss": 2], .invalid, "max_daily_loss"),
            ("limits.change", ["allow_short": .null], .invalid, ""),
        ] as [(String, [String: Value], CommandProblem.Code, String)])
    func `what cannot be is refused with the field`(
        _ name: String, _ given: [String: Value], _ code: CommandProblem.Code, _ field: String
    ) async {
        let problem = await bench.problem(name, given)
        #expect(problem?.code == code, "\(name) \(problem?.message ?? "was done")")
        if !field.isEmpty { #expect(problem?.faults.first?.field == field, "\(name) \(problem?.faults ?? [])") }
        #expect(problem?.message.isEmpty == false)
    }
}
