import DeskCommands
import Testing
import WorkflowModel

@testable import CLI

/// Answers as people read them.
@Suite struct AnswerPageTests {
    private let schema = ValueSchema.named(
        "Account",
        .object([
            .init("cash", .number), .init("as_of", .time.orNull),
            .init("day", .object([.init("return", .number.orNull)])),
            .init(
                "positions",
                .list(.object([.init("symbol", .text), .init("quantity", .number), .init("stop", .number.orNull)]))),
        ]))

    @Test func `facts stand on lines, parts of parts under both names, lists as tables`() {
        let answer: Value = [
            "cash": 1234.5, "as_of": .null, "day": ["return": -0.0125],
            "positions": [["symbol": "ACME\u{1b}[2J", "quantity": 10.0, "stop": .null]],
        ]
        let lines = AnswerPage(width: 80).lines(answer, schema)
        #expect(lines.prefix(3) == ["cash        1,234.50", "as of       -", "day return  -0.0125"])
        #expect(lines[3...4] == ["", "positions"])
        // A column that holds nothing is left out, and nothing in a text moves the cursor.
        #expect(lines[5].split(separator: " ") == ["symbol", "quantity"])
        #expect(lines.count == 7 && lines[6].hasSuffix("10.00") && !lines[6].contains("\u{1b}"))
    }

    @Test func `a page is its table alone, in the columns that are wanted`() {
        let shape = ValueSchema.page(of: .object([.init("id", .text), .init("state", .text), .init("by", .text)]))
        let page = AnswerPage(columns: ["items": ["state", "id"]], width: 80)
        let answer: Value = ["items": [["id": "a", "state": "open", "by": "ada"]], "next": .null]
        #expect(page.lines(answer, shape) == ["state  id", "open   a"])
        #expect(page.lines(["items": [], "next": .null], shape) == ["none"])
    }

    @Test func `every answer for people is a command of the catalogue with examples`() {
        #expect(AnswerCommands.all.map(\.name) == ["portfolio", "signals", "orders", "risk", "backtests"])
        #expect(AnswerCommands.all.allSatisfy { !$0.examples.isEmpty })
    }

    @Test func `terminal and command layer give the same answers of a home that is at rest`() async throws {
        let run = try ProgramRun()
        #expect(await run("portfolio").errors.contains("nothing has run"))
        let began = await run("run", "--replay", try run.bars(), "--speed", "max", "--no-server", "--json")
        try #require(began.code == 0, "\(began.errors)")
        for (words, command) in [
            (["portfolio"], "portfolio"), (["signals", "--limit", "2"], "signals"), (["risk"], "risk"),
            (["orders", "--limit", "2"], "orders.list"), (["backtests", "--limit", "2"], "backtests.list"),
            (["status"], "status"),
        ] {
            let limit = words.count > 1 ? ["limit=2"] : []
            let called = await run.all(["call", command] + limit + ["--json"])
            let asked = await run.all(words + ["--json"])
            #expect(asked.code == 0 && asked.output == called.output, "\(words) \(asked.errors)")
            #expect(await run.all(words).code == 0, "\(words)")
        }
        let status = await run("status").output
        #expect(status.contains("recorded") && status.contains("audit head") && status.contains("equity"))
        #expect(await run("status", "--run", "none").errors.contains("there is no run 'none'"))
    }
}
