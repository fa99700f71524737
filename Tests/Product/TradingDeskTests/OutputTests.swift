import Determinism
import Foundation
import RiskControl
import Testing
import TradingDesk
import TradingModel

/// What programs read, and the headlines that a run is given.
@Suite struct OutputTests {
    private static let keys: [String: Set<String>] = [
        "day_started": ["date", "equity"], "day_ended": ["date", "equity"], "control": ["command", "time"],
        "fill": ["order", "symbol", "side", "quantity", "price", "fee", "time"], "order": ["order", "outcome", "time"],
        "verdict": ["symbol", "side", "approved", "time"], "halted": ["reason", "time"],
        "recommendation": ["action", "confidence", "time"],
        "summary": [
            "bars", "instruments", "recommendations", "orders", "fills", "refusals", "cash", "equity",
            "realised_profit", "fees", "audit_head", "figures",
        ],
    ]

    @Test func `every line is an object with its type and its keys in snake case`() throws {
        let desk = try MemoryDesk(seed: 11, instruments: 6, days: 25)
        let run = try desk.run(controls: [5: [.halt(reason: "a test")], 7: [.resume]])
        let lines = DeskLines(desk.plan)
        let all = try run.events.compactMap { try lines.line($0) } + [try lines.line(run.summary)]
        var seen: Set<String> = []
        for line in all {
            #expect(!line.contains(10))
            let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let type = try #require(object["type"] as? String)
            seen.insert(type)
            let wanted = try #require(OutputTests.keys[type], "\(type)")
            #expect(wanted.subtracting(object.keys) == [], "\(type): \(object.keys.sorted())")
            #expect(object.keys.allSatisfy { $0 == $0.lowercased() })
        }
        #expect(seen == Set(OutputTests.keys.keys))
    }

    @Test func `lines say where prices are made up`() throws {
        var plan = try MemoryDesk(seed: 11).plan
        let event = DeskEvent.dayStarted(CivilDate(daysSinceEpoch: 0), equity: 5)
        #expect(try !String(decoding: #require(try DeskLines(plan).line(event)), as: UTF8.self).contains("simulated"))
        plan.isSimulated = true
        #expect(
            try String(decoding: #require(try DeskLines(plan).line(event)), as: UTF8.self)
                .contains(#""simulated":true"#))
    }

    @Test func `headlines are given after one moment and up to another, in order`() throws {
        func headline(_ second: Int64, _ title: String) -> Headline {
            Headline(published: Timestamp(nanoseconds: second), symbols: [], title: title, source: "")
        }
        let archive = NewsArchive([headline(3, "c"), headline(1, "a"), headline(3, "d"), headline(2, "b")])
        func titles(_ first: Int64?, _ last: Int64) -> [String] {
            archive.headlines(after: first.map { Timestamp(nanoseconds: $0) }, through: Timestamp(nanoseconds: last))
                .map(\.title)
        }
        #expect(titles(nil, 9) == ["a", "b", "c", "d"])
        #expect(titles(1, 3) == ["b", "c", "d"])
        #expect(titles(1, 2) == ["b"])
        #expect(titles(3, 9) == [])
        #expect(titles(9, 1) == [])
        #expect(NewsArchive([]).fingerprint != archive.fingerprint)
    }
}
