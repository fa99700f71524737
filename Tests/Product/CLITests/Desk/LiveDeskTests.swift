import Determinism
import RiskControl
import ScratchFolders
import Storage
import Synchronization
import Testing
import TradingDesk
import TradingModel
import TradingStore
import Triggers
import WorkflowModel

@testable import CLI
@testable import DeskCommands

/// The desk of this process, as commands see it.
@Suite struct LiveDeskTests {
    @Test(arguments: [true, false])
    func `a halt asked while the market rests is obeyed within a second`(inProcess: Bool) async throws {
        let paced = try PacedDesk()
        try await paced.run {
            // The first moment is due at once; the second is a day away.
            _ = await paced.clock.nextDeadline()
            let asked = paced.clock.now
            if inProcess {
                let receipt = try paced.live.ask(.halt(reason: "noon"), by: "amy", key: "k1")
                #expect(receipt.isHeard && receipt.record == nil)
            } else {
                let requests = DeskRequests(
                    try DeskStore(ofHome: paced.stored.folder.path, access: .readWrite))
                _ = try requests.ask(.halt(reason: "noon"), by: "amy", key: "k1", at: asked, isHeard: true)
            }
            while try !paced.live.pending().isEmpty { await paced.step() }
            #expect(paced.clock.now - asked <= .seconds(1))
            let again = try paced.live.ask(.halt(reason: "noon"), by: "amy", key: "k1")
            #expect(again.id == 1)
            #expect(again.record != nil)
        }
        let picture = try #require(paced.live.picture())
        #expect(picture.trading == .halted(.manual("noon (asked by amy)")))
        #expect(picture.activity == .stopped)
        #expect(picture.tradingSince == picture.time)
    }

    @Test func `a preview says what the gate then says, and changes nothing of the run`() async throws {
        let paced = try PacedDesk()
        let symbol = paced.desk.plan.universe.instruments[0].symbol
        try await paced.run {
            _ = await paced.clock.nextDeadline()
            let before = try #require(paced.live.picture())
            for (number, quantity) in [Quantity(1), 1_000_000].enumerated() {
                let ticket = OrderTicket(symbol, .buy, quantity: quantity, reason: "a test")
                // What was just done is shown once the market rests again.
                while paced.live.picture()?.moments != before.moments + number { await paced.step() }
                let gate = try #require(paced.live.picture()?.gate)
                let trial = try #require(try gate.trial(ticket, by: "amy"))
                #expect(paced.live.picture()?.moments == before.moments + number)
                #expect(paced.live.picture()?.counts.orders == before.counts.orders + number)
                _ = try paced.live.ask(.order(ticket), by: "amy", key: "k\(number)")
                while try !paced.live.pending().isEmpty { await paced.step() }
                let archive = RecordArchive(home: paced.home.path)
                let record = try #require(
                    try archive.records(.about("request-\(number + 1)", kinds: ["decision"])).first)
                let verdict = try #require(record.body["verdicts"]?[0])
                switch trial.verdict {
                case .approved(let order, _):
                    #expect(verdict["approved"] == true)
                    guard case .units(let units) = order.order.size else { continue }
                    #expect(verdict["quantity"]?.text == "\(units)")
                case .refused(let refusal):
                    #expect(verdict["approved"] == false && verdict["text"]?.text == refusal.text)
                }
            }
        }
    }

    @Test func `what a stopped desk leaves is read as it was, and a request waits for the next start`() async throws {
        let paced = try PacedDesk()
        try await paced.run {
            _ = await paced.clock.nextDeadline()
            _ = try paced.live.ask(.halt(reason: "noon"), by: "amy", key: "k1")
            while try !paced.live.pending().isEmpty { await paced.step() }
        }
        let live = try #require(paced.live.picture())
        let stored = StoredDesk(home: paced.home.path, time: paced.clock)
        let picture = try #require(try stored.picture())
        #expect(picture.activity == .stopped)
        #expect(picture.run == live.run)
        #expect(picture.moments == live.moments)
        #expect(picture.trading == live.trading)
        #expect(picture.account == live.account)
        #expect(picture.quotes == live.quotes)
        let symbol = paced.desk.plan.universe.instruments[0].symbol
        #expect(
            try stored.bars(of: symbol, limit: 5)?.map(\.close) == paced.live.bars(of: symbol, limit: 5)?.map(\.close))
        let receipt = try stored.ask(.resume(reason: "on"), by: "amy", key: "k2")
        #expect(!receipt.isHeard)
        #expect(try stored.pending().map(\.kind) == ["resume"])
    }

    @Test func `bars are the newest, and unknown symbols have none`() async throws {
        let paced = try PacedDesk()
        try await paced.run(speed: nil) {
            while paced.live.picture()?.activity != .finished { await Task.yield() }
        }
        let symbol = paced.desk.plan.universe.instruments[0].symbol
        let bars = try #require(paced.live.bars(of: symbol, limit: 10))
        let strange = try #require(Symbol("NOT-HERE"))
        #expect(bars.count == 10)
        #expect(bars.map(\.end) == bars.map(\.end).sorted())
        #expect(bars.last?.end == paced.live.picture()?.quotes.first?.bar.end)
        #expect(paced.live.bars(of: strange, limit: 10) == nil)
        let stranger = OrderTicket(strange, .buy, quantity: 1, reason: "no")
        #expect(throws: CommandProblem.self) { try paced.live.ask(.order(stranger), by: "amy", key: "k") }
        let stored = StoredDesk(home: paced.home.path, time: paced.clock)
        #expect(try stored.picture()?.activity == .finished)
    }

    /// When the record says that an order, or the entry that it is an exit of, was decided.
    private func decided(_ order: String, _ archive: RecordArchive) throws -> Timestamp? {
        let step = try #require(OrderID(order)).step
        var query = RecordQuery()
        (query.kinds, query.limit) = (["decision"], 1000)
        return try archive.records(query).first { record in
            let orders = record.body["verdicts"]?.list?.compactMap { $0["order"]?["id"]?.text.flatMap { OrderID($0) } }
            return orders?.contains { $0.step == step } ?? false
        }?.time
    }

    @Test func `what happens is published with its record, and nothing is made that nobody follows`() async throws {
        let sink = CollectingSink([.verdicts, .orders, .fills, .quotes, .positions, .risk, .signals])
        let paced = try PacedDesk(days: 12, sink: sink)
        try await paced.run(speed: nil) {
            while paced.live.picture()?.activity != .finished { await Task.yield() }
        }
        let events = try sink.events.withLock { try $0.map { ($0.topic, try Value(json: $0.json)) } }
        let archive = RecordArchive(home: paced.home.path)
        for (topic, event) in events where [.verdicts, .orders, .fills].contains(topic) {
            let sequence = try #require(event["sequence"]?.integer)
            let record = try #require(try archive.record(sequence))
            #expect(event["time"]?.text == "\(record.time)" || topic == .fills)
            let order = record.kind == "report" ? record.body["order"]?.text : nil
            let moment = try order.map { try #require(try decided($0, archive)) } ?? record.time
            #expect(event["trace"]?.text == DeskTrace.id(run: paced.live.run, moment: moment))
        }
        let counts = try #require(paced.live.picture()?.counts)
        #expect(events.count { $0.0 == .fills } == counts.fills)
        #expect(events.count { $0.0 == .signals } == counts.recommendations)
        #expect(events.count { $0.0 == .verdicts } == counts.orders + counts.refusals)
        #expect(events.contains { $0.0 == .quotes } && events.contains { $0.0 == .positions })

        let silent = CollectingSink([])
        let unwatched = try PacedDesk(days: 12, sink: silent)
        try await unwatched.run(speed: nil) {
            while unwatched.live.picture()?.activity != .finished { await Task.yield() }
        }
        #expect(silent.events.withLock { $0.isEmpty })
    }

    @Test func `triggers of workflows are shown bars and headlines`() async throws {
        let paced = try PacedDesk()
        let (id, symbol) = (paced.desk.plan.universe.ids[0], paced.desk.plan.universe.instruments[0].symbol)
        let time = paced.clock.now
        let bar = Bar(
            start: time - .seconds(60), end: time, open: 10, high: 12, low: 9, close: 11, volume: 100)
        let headline = Headline(published: time, symbols: [symbol], title: "Up", source: "wire")
        paced.live.observed([.bar(id, bar)], [headline])
        var seen = paced.live.observations.makeAsyncIterator()
        guard case .bar(let shown) = await seen.next() else {
            Issue.record("the bar is not shown")
            return
        }
        #expect((shown.symbol, shown.close) == (symbol.name, 11))
        guard case .news(let news) = await seen.next() else {
            Issue.record("the headline is not shown")
            return
        }
        #expect(news.symbols == [symbol.name])
    }

    @Test func `where nothing ran there is nothing to be seen`() throws {
        let paced = try PacedDesk()
        let nowhere = paced.home.file("nowhere")
        let stored = StoredDesk(home: nowhere, time: paced.clock)
        #expect(try stored.picture() == nil)
        #expect(try stored.pending().isEmpty)
        #expect(throws: CommandProblem.self) { try stored.ask(.halt(reason: "x"), by: "amy", key: "k") }
        let archive = RecordArchive(home: nowhere)
        #expect(try archive.records(RecordQuery()).isEmpty)
        #expect(try archive.head() == nil)
    }
}
