import Foundation
import Testing

@testable import CLI

@Suite struct QuoteCommandTests {
    @Test func `prints what imported bars say, absent fields as null`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars())
        let object = try #require(try await run("data", "quote", "ACME", "--json").objects.first)
        #expect(object["type"] as? String == "quote")
        #expect(object["price"] as? String == "15.5")
        #expect(object["volume"] as? Int == 600)
        #expect(object["market_cap"] is NSNull && object["pe_ratio"] is NSNull)
        #expect(object["simulated"] as? Bool == false)
        let table = await run("data", "quote", "ACME").output
        #expect(table.contains("15.5") && table.contains("imported, 1d") && !table.contains("SIMULATED"))
    }

    @Test func `marks what a simulated run has recorded, and refuses what is not known`() async throws {
        let run = try ProgramRun()
        #expect(await run("data", "quote", "AAPL").code == 1)
        let binary = try Binary(["run", "--json", "--speed", "432000"], home: run.home)
        for _ in 0..<12 { _ = try binary.line() }
        binary.signal(SIGINT)
        _ = try binary.outcome()
        let outcome = await run("data", "quote", "AAPL", "BTC/USDT", "--json")
        try #require(outcome.code == 0, "\(outcome.errors)")
        let objects = try outcome.objects
        #expect(objects.map { $0["type"] as? String } == ["quote", "ticker"])
        #expect(objects.allSatisfy { $0["simulated"] as? Bool == true })
        #expect(objects[1]["percentage"] is Double)
        #expect(await run("data", "quote", "AAPL").output.contains("SIMULATED run simulated-"))
        #expect(await run("data", "quote", "NOPE").errors.contains("there are no bars of NOPE"))
    }
}
