import Foundation
import Indicators
import Testing

@testable import CLI

@Suite struct IndicatorsCommandTests {
    @Test func `lists every indicator`() async throws {
        let run = try ProgramRun()
        let lines = await run("indicators", "list").output.split(separator: "\n")
        #expect(lines.dropFirst().map { String($0.prefix { $0 != " " }) } == IndicatorCatalog.standard.names)
        let objects = try await run("indicators", "list", "--json").objects
        #expect(objects.map { $0["name"] as? String } == IndicatorCatalog.standard.names)
    }

    @Test func `computes over a file with empty cells while warming up`() async throws {
        let run = try ProgramRun()
        let path = try run.bars()
        let outcome = await run("indicators", "compute", "sma", "period=3", path)
        #expect(outcome.code == 0)
        #expect(
            outcome.output == """
                time,sma
                2013-12-30,
                2013-12-31,
                2014-01-02,11.5
                2014-01-03,12.5
                2014-01-06,13.5
                2014-01-07,14.5

                """)
    }

    @Test func `computes over a stored symbol and warms up before the first day`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars())
        let outcome = await run("indicators", "compute", "donchian", "ACME", "period=3", "--from", "2014-01-06")
        #expect(outcome.output == "time,upper,middle,lower\n2014-01-06,15.0,13.0,11.0\n2014-01-07,16.0,14.0,12.0\n")
        let objects = try await run("indicators", "compute", "roc", "period=5", "ACME", "--json").objects
        #expect(objects.count == 6)
        #expect(objects[0]["roc"] is NSNull)
        #expect(objects[5]["time"] as? String == "2014-01-07")
    }

    @Test func `times of shorter bars are ISO 8601 and values keep their digits`() async throws {
        let run = try ProgramRun()
        let rows = (0..<3).map { "2014-01-02T15:0\($0):00Z,1,2,1,1.0\($0),1" }.joined(separator: "\n")
        let path = try run.write("a.csv", "time,open,high,low,close,volume\n\(rows)\n")
        let lines = await run("indicators", "compute", "roc", "period=2", path).output.split(separator: "\n")
        #expect(lines[1] == "2014-01-02T15:00:00Z,")
        let value = try #require(lines[3].split(separator: ",").last.flatMap { Double($0) })
        #expect(abs(value - 2) < 1e-12)
    }

    @Test func `leaves bad rows out with a warning`() async throws {
        let run = try ProgramRun()
        let outcome = await run("indicators", "compute", "sma", "period=1", try run.bars(isDirty: true))
        #expect(outcome.code == 0)
        #expect(outcome.output.split(separator: "\n").count == 6)
        #expect(outcome.errors.contains("1 bad row left out"))
    }

    @Test(arguments: [
        (["rsii", "x.csv"], "did you mean 'rsi'?"), (["rsi", "perid=3", "x.csv"], "did you mean 'period'?"),
        (["rsi", "period=0", "x.csv"], "period=0 is not one of 1...100000"),
        (["rsi", "period=3"], "no bars to compute"),
        (["rsi", "a.csv", "b.csv"], "one path too many"), (["rsi", "period=3", "period=4", "a"], "given twice"),
    ])
    func `wrong words end with 2 and say what was meant`(words: [String], message: String) async throws {
        let run = try ProgramRun()
        let outcome = await run.all(["indicators", "compute"] + words)
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains(message))
    }

    @Test func `tells parameters and the path apart`() throws {
        let words = try IndicatorWords(["period=3", "./a=b.csv", "kind=log=x"])
        #expect(words.path == "./a=b.csv")
        #expect(words.parameters == ["period": 3, "kind": "log=x"])
    }

    @Test func `a word that is neither file nor symbol is an error in words`() async throws {
        let run = try ProgramRun()
        let outcome = await run("indicators", "compute", "sma", "NOPE")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("no file 'NOPE' and no stored bars"))
    }

    @Test func `of a file with several symbols one is chosen`() async throws {
        let run = try ProgramRun()
        let path = try run.write(
            "panel.csv", "date,AAA,BBB\n2014-01-02,1,10\n2014-01-03,2,20\n2014-01-06,3,30\n2014-01-07,4,40\n")
        let asked = await run("indicators", "compute", "sma", "period=2", path)
        #expect(asked.code == 1)
        #expect(asked.errors.contains("choose with --symbol: AAA, BBB"))
        let chosen = await run("indicators", "compute", "sma", "period=2", path, "--symbol", "BBB")
        #expect(chosen.output.hasSuffix("2014-01-07,35.0\n"))
    }

    @Test func `finds patterns`() async throws {
        let run = try ProgramRun()
        let lines = await run("indicators", "patterns", try run.bars()).output.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines[0].hasPrefix("time,doji,"))
    }
}
