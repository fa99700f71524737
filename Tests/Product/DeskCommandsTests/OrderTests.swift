import Accounting
import Analysis
import Determinism
import RiskControl
import Testing
import TradingDesk
import TradingEngine
import TradingModel
import WorkflowModel

@testable import DeskCommands

/// Orders, fills and decisions as the record tells them.
@Suite struct OrderTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    private func all(_ command: String, _ given: [String: Value] = [:], pages limit: Int64) async throws -> [Value] {
        var (items, cursor, pages): ([Value], Value, Int) = ([], .null, 0)
        repeat {
            let page = try await bench.call(
                command, given.merging(["limit": .integer(limit), "cursor": cursor]) { $1 })
            items += page["items"]?.list ?? []
            cursor = page.field("next")
            pages += 1
        } while cursor != .null && pages < 2000
        return items
    }

    /// Names of all orders in the record, oldest first.
    private var recorded: [String] { bench.desk.kept.flatMap(RecordedOrder.orders) }

    @Test func `orders come newest first, each once, whatever the page`() async throws {
        let names = Array(recorded.reversed())
        try #require(names.count > 5)
        for limit in [1, 3, 500] as [Int64] {
            #expect(try await all("orders.list", pages: limit).compactMap { $0["id"]?.text } == names)
        }
    }

    @Test func `streams tell verdicts and fills exactly as lists have them, and orders with the same fields`()
        async throws
    {
        let picture = try #require(try bench.desk.picture())
        let events = RecordEvents(run: picture.run, isSimulated: picture.plan.isSimulated) {
            [desk = bench.desk] order in
            try? RecordedOrder.decided(order, in: desk)
        }
        let told = bench.desk.kept.flatMap(events.of)
        let verdicts = try await all("decisions.list", pages: 100)
        #expect(told.filter { $0.topic == .verdicts }.map(\.value).reversed() == verdicts)
        let fills = try await all("fills.list", pages: 100)
        #expect(Set(told.filter { $0.topic == .fills }.map(\.value)) == Set(fills))
        let orders = try await all("orders.list", pages: 100)
        let placed = told.filter { $0.topic == .orders && $0.value["placed_at"] != nil }.map(\.value)
        #expect(placed.count == orders.count)
        let names = Set(orders.first?.fields?.keys.map { $0 } ?? []).union(["sequence", "time"])
        #expect(placed.allSatisfy { Set($0.fields?.keys.map { $0 } ?? []) == names })
    }

    @Test func `orders that stand and orders that ended are all there are`() async throws {
        let done = try await all("orders.list", ["state": "done"], pages: 4)
        let open = try await all("orders.list", ["state": "open"], pages: 4)
        #expect(done.allSatisfy { $0["state"] != "open" })
        #expect(open.allSatisfy { $0["state"] == "open" })
        #expect(Set((done + open).compactMap { $0["id"]?.text }) == Set(recorded))
        #expect(done.contains { $0["state"] == "filled" })
    }

    @Test func `an order's filled units are those of its fills`() async throws {
        let fills = try await all("fills.list", pages: 3)
        #expect(Int64(fills.count) == bench.desk.market.map { Int64($0.state.counts.fills) })
        for order in try await all("orders.list", ["state": "done"], pages: 100) where order["state"] == "filled" {
            let own = fills.filter { $0["order"] == order["id"] }
            let units = own.compactMap { $0["quantity"]?.text.flatMap(Double.init) }.reduce(0, +)
            #expect(order["filled"]?.text.flatMap(Double.init) == units)
            if own.count == 1 { #expect(order["average_price"] == own[0]["price"]) }
        }
    }

    @Test func `what fills locked in adds up to the account's realised profit less their fees`() async throws {
        let fills = try await all("fills.list", pages: 100)
        let market = try #require(bench.desk.market)
        let closing = fills.filter { $0["realized_profit"] != .null }
        try #require(!closing.isEmpty && closing.count < fills.count)
        let locked = closing.compactMap { $0["realized_profit"]?.text.flatMap { text in Double(text) } }.reduce(0, +)
        let fees = closing.compactMap { $0["fee"]?.text.flatMap { text in Double(text) } }.reduce(0, +)
        let realised = try market.state.loop.engine.portfolio.realisedProfit.double
        #expect(abs(locked + fees - realised) < 1e-6)
        let order = try await bench.call("orders.show", ["id": closing[0].field("order")])
        #expect(order["fills"]?.list?.contains { $0["realized_profit"] == closing[0]["realized_profit"] } == true)
        let words = order["stations"]?.list?.compactMap { $0["summary"]?.text } ?? []
        #expect(words.contains { $0.contains("which locked in") })
    }

    @Test func `decisions come one item a verdict and can be chosen`() async throws {
        let items = try await all("decisions.list", pages: 2)
        let verdicts = bench.desk.kept.filter { $0.kind == "decision" }.flatMap { $0.body["verdicts"]?.list ?? [] }
        #expect(items.count == verdicts.count)
        let refused = try await all("decisions.list", ["verdict": "refused"], pages: 2)
        #expect(refused.count == verdicts.count { $0["approved"]?.boolean == false })
        #expect(refused.allSatisfy { $0["rule"]?.text != nil && $0["order"] == .null })
        let symbol = items[0].field("symbol")
        let own = try await all("decisions.list", ["symbol": symbol], pages: 1)
        #expect(own == items.filter { $0["symbol"] == symbol })
    }

    @Test func `pages stay where they are while the desk goes on`() async throws {
        let before = try await all("decisions.list", pages: 2)
        try #require(before.count > 4)
        let first = try await bench.call("decisions.list", ["limit": 2])
        bench.desk.append("decision", ["trigger": "bar X", "verdicts": .list([["symbol": "X", "approved": false]])])
        let second = try await bench.call("decisions.list", ["limit": 2, "cursor": first.field("next")])
        #expect(second["items"]?.list == Array(before[2..<4]))
    }

    @Test func `a trail holds what the record says, in its order, to the last fill`() async throws {
        let done = try await all("orders.list", ["state": "done"], pages: 100)
        for item in done.prefix(12) {
            let full = try await bench.call("orders.show", ["id": item.field("id")])
            let stations = full["stations"]?.list ?? []
            let places = stations.compactMap { $0["sequence"]?.integer }
            #expect(places == places.sorted())
            for station in stations {
                let record = try #require(try bench.desk.record(station["sequence"]?.integer ?? 0))
                #expect(station["hash"]?.text == record.hash)
                #expect(station["time"]?.text == "\(record.time)")
            }
            let titles = stations.compactMap { $0["station"]?.text }
            #expect(titles.first == "data" && titles.contains("verdict"))
            #expect(titles.count { $0 == "fill" } >= (full["fills"]?.list?.count ?? 0))
            if item["parent"] == .null { #expect(titles.contains("signal_generation")) }
        }
    }

    @Test func `the marks on a chart are the record's signals, orders and fills, oldest first`() async throws {
        let advice = try #require(bench.desk.market?.advice)
        let fills = try await all("fills.list", pages: 100)
        for item in try await bench.call("instruments")["items"]?.list ?? [] {
            let marks = try await bench.call("marks", ["symbol": item.field("symbol")])
            let own = advice.filter { $0.recommendation.symbol.name == item["symbol"]?.text }
            #expect(marks["signals"]?.list?.map { $0.field("time") } == own.map { Value($0.time) })
            let traded = fills.filter { $0["symbol"] == item["symbol"] }.reversed()
            #expect(marks["fills"]?.list?.map { $0.field("price") } == traded.map { $0.field("price") })
            for order in marks["orders"]?.list ?? [] {
                let shown = try await bench.call("orders.show", ["id": order.field("id")])
                #expect(shown["state"] == order["state"])
            }
        }
    }

    @Test func `a trail costs the same however long the record is`() async throws {
        let item = try #require(try await bench.call("decisions.list", ["verdict": "approved"])["items"]?[0])
        let given: [String: Value] = ["sequence": item.field("sequence"), "index": item.field("index")]
        func cost() async throws -> Int {
            let before = bench.desk.read
            _ = try await bench.call("decisions.show", given)
            return bench.desk.read - before
        }
        let short = try await cost()
        for _ in 0..<2000 { bench.desk.append("slice", ["bars": []]) }
        #expect(try await cost() == short)
        #expect(short < 60)
    }

    @Test func `a proposed order waits for the verdict, and says it is pending where none comes`() async throws {
        let symbol = try await bench.call("instruments").field("items")[0]?["symbol"] ?? .null
        let given: [String: Value] = ["symbol": symbol, "side": "buy", "quantity": 5]
        let pending = try await bench.call("orders.place", given, as: "one")
        #expect(pending["verdict"] == "pending")
        #expect(pending["request"]?["record"] == .null)
        bench.desk.obey(
            "one", verdict: ["symbol": symbol, "side": "buy", "approved": false, "rule": "lot", "text": "too small"])
        let refused = try await bench.call("orders.place", given, as: "one")
        #expect(refused["verdict"] == "refused" && refused["rule"] == "lot" && refused["reason"] == "too small")
        #expect(bench.desk.asked.count == 1)
    }

    @Test func `a preview sends nothing and computes what it would come to`() async throws {
        let quote = try #require(try await bench.call("quotes")["items"]?[0])
        let answer = try await bench.call(
            "orders.place", ["symbol": quote.field("symbol"), "side": "buy", "share": 0.1, "preview": true])
        #expect(bench.desk.asked.isEmpty)
        #expect(["approved", "refused"].contains(answer["verdict"]?.text))
        let quantity = try #require(answer["quantity"]?.number)
        #expect(quantity == quantity.rounded() && quantity > 0)
        #expect(answer["price"]?.number == quote["last"]?.number)
    }

    @Test func `a preview says what the gate would say, rule by rule`() async throws {
        let quote = try #require(try await bench.call("quotes")["items"]?[0])
        let given: [String: Value] = ["symbol": quote.field("symbol"), "side": "buy", "quantity": 1, "preview": true]
        let answer = try await bench.call("orders.place", given)
        let market = try #require(bench.desk.market)
        let name = try #require(quote["symbol"]?.text)
        let symbol = try #require(Symbol(name))
        let ticket = OrderTicket(symbol, .buy, quantity: 1, reason: "asked for by hand")
        let gate = try #require(try bench.desk.picture()?.gate)
        let trial = try #require(try gate.trial(ticket, by: "ada"))
        let rules = answer["gate"]?["rules"]?.list ?? []
        #expect(rules.map { $0["rule"]?.text } == trial.checks.map(\.rule.rawValue))
        #expect(!rules.isEmpty)
        if case .refused(let refusal) = trial.verdict {
            #expect(answer["verdict"] == "refused" && answer["rule"]?.text == refusal.rule.rawValue)
        } else {
            #expect(answer["verdict"] == "approved" && answer["gate"]?["quantity"]?.number == 1)
        }
        #expect(answer["gate"]?["as_of"]?.text == "\(market.state.loop.engine.now)")
        #expect(bench.desk.asked.isEmpty)
    }

    @Test func `a recommendation names the record of its run that concluded it`() async throws {
        let signals = try await bench.call("signals")["items"]?.list ?? []
        try #require(!signals.isEmpty)
        for signal in signals {
            let record = try #require(try bench.desk.record(signal["sequence"]?.integer ?? 0))
            #expect(record.kind == "node" && record.subjects.contains(signal["run"]?.text ?? "?"))
            #expect("\(record.time)" == signal["time"]?.text)
        }
    }

    @Test func `loosening a limit asks a person and names it, tightening does not`() async throws {
        let looser = try await bench.question("limits.change", ["max_daily_loss": 0.05, "max_position_share": 0.01])
        #expect(looser == "loosens max_daily_loss from 0.004 to 0.05")
        #expect(try await bench.question("limits.change", ["max_daily_loss": 0.001]) == nil)
        let removed = try await bench.question("limits.change", ["max_daily_loss": .null])
        #expect(removed == "loosens max_daily_loss from 0.004 to none")
        let done = try await bench.call("limits.change", ["max_daily_loss": 0.001, "max_price_age": 60])
        #expect(done["applied"] == ["max_daily_loss", "max_price_age"])
        #expect(done["loosened"] == [])
        guard case .limits(let limits, _)? = bench.desk.asked.first else {
            Issue.record("the desk was not asked for limits")
            return
        }
        #expect(limits.maxDailyLoss == 0.001 && limits.maxPriceAge == .seconds(60))
    }

    @Test func `every limit that can be loosened is a field by the name that is asked about`() {
        var tight = RiskLimits()
        (tight.maxDrawdown, tight.maxNotional, tight.cooldownAfterStop) = (0.1, 1000, .seconds(60))
        tight.flattensOnLoss = true
        var loose = RiskLimits.unlimited
        (loose.allowShort, loose.correlationThreshold, loose.highVolatility) = (true, 1, 9)
        loose.correlationWindow = 20
        let names = loose.loosened(from: tight)
        #expect(names.count == 22)
        for name in names { #expect(LimitField.named(LimitChange.snakeCase(name)) != nil, "\(name)") }
    }

    @Test func `one trace leads from the data through nodes and verdict to the fills and exits of an order`()
        async throws
    {
        let fills = try await all("fills.list", pages: 100)
        try #require(!fills.isEmpty)
        for fill in fills {
            let order = try await bench.call("orders.show", ["id": fill.field("order")])
            #expect(fill.field("trace") == order.field("trace"))
            let traces = Set((order["stations"]?.list ?? []).map { $0.field("trace") })
            #expect(traces == [order.field("trace")])
        }
        let moments = Set(fills.map { $0.field("time") })
        #expect(moments.count > 1, "fills of one moment would have one trace in any case")
    }
}
