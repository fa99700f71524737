import Foundation
import ScratchFolders
import Testing

@testable import CLI

@Suite struct DataCommandTests {
    @Test func `lists what is stored`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars())
        let lines = await run("data", "list").output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[1].split(separator: " ").prefix(5) == ["ACME", "1d", "6", "2013-12-30", "2014-01-07"])
        #expect(lines[1].hasSuffix("ACME.csv"))
        let object = try #require(try await run("data", "list", "--json").objects.first)
        #expect(object["bars"] as? Int == 6)
        #expect(object["first"] as? String == "2013-12-30T14:30:00Z")
    }

    @Test func `a damaged file is named and does not stop the others`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars(), try run.bars("BETA.csv"))
        let path = run.home + "/bars/ACME/1d.bars"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        for command in ["list", "check"] {
            let outcome = await run("data", command)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("ACME/1d.bars is damaged"))
            #expect(outcome.output.contains("BETA"))
        }
        #expect(await run("data", "export", "ACME").code == 1)
    }

    @Test func `check finds nothing in clean bars`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars())
        let outcome = await run("data", "check", "ACME")
        #expect(outcome.code == 0)
        #expect(outcome.output == "ACME 1d  6 bars  nothing found\n")
    }

    @Test func `check names a gap and what to do`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars(isDirty: true), "--quarantine")
        let outcome = await run("data", "check")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("2014-01-03  one bar is missing"))
        #expect(outcome.output.contains("Import the missing stretch"))
        let objects = try await run("data", "check", "--json").objects
        #expect(objects.map { $0["type"] as? String } == ["finding", "summary"])
        #expect(objects[0]["kind"] as? String == "gap")
    }

    @Test func `no gap is looked for where the calendar is not known`() async throws {
        let run = try ProgramRun()
        let rows = ["01", "02", "03", "08", "09", "10"].map { "1980-07-\($0),1,2,1,1.\($0),5" }.joined(separator: "\n")
        let path = try run.write("ACME.csv", "date,open,high,low,close,volume\n\(rows)\n")
        #expect(await run("data", "import", path).output.contains("gaps unknown before 1990"))
        #expect(await run("data", "check").output.contains("nothing found, gaps unknown before 1990"))
    }

    @Test func `check asks for symbols that are stored`() async throws {
        let run = try ProgramRun()
        #expect(await run("data", "check").code == 1)
        _ = await run("data", "import", try run.bars())
        #expect(await run("data", "check", "NOPE").errors.contains("no bars of NOPE"))
    }

    @Test func `exports days that import takes back`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars())
        let text = await run("data", "export", "ACME", "--from", "2014-01-02", "--to", "2014-01-03").output
        #expect(
            text == """
                start,end,open,high,low,close,volume
                2014-01-02T14:30:00Z,2014-01-02T21:00:00Z,11.5,13,11,12.5,300.0
                2014-01-03T14:30:00Z,2014-01-03T21:00:00Z,12.5,14,12,13.5,400.0

                """)
        let again = await run("data", "import", try run.write("ACME.csv", text))
        #expect(again.output.contains("2 stored already"))
    }

    @Test func `writes a file whole and overwrites none unasked`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars())
        let target = run.folder.file("out.csv")
        #expect(await run("data", "export", "ACME", "-o", target).output == "6 bars written to \(target)\n")
        let refused = await run("data", "export", "ACME", "-o", target, "--to", "2013-12-30")
        #expect(refused.code == 1)
        #expect(refused.errors.contains("--replace"))
        #expect(try String(contentsOfFile: target, encoding: .utf8).split(separator: "\n").count == 7)
        #expect(await run("data", "export", "ACME", "-o", target, "--to", "2013-12-30", "--replace").code == 0)
        #expect(try String(contentsOfFile: target, encoding: .utf8).split(separator: "\n").count == 2)
        #expect(await run("data", "export", "ACME", "-o", run.folder.path, "--replace").code == 1)
        #expect(await run("data", "export", "ACME", "-o", "/nowhere/x.csv").errors.contains("there is no file"))
    }

    @Test func `what is not stored is an error in words`() async throws {
        let run = try ProgramRun()
        #expect(await run("data", "export", "ACME").errors.contains("there are no bars of ACME"))
        _ = await run("data", "import", try run.bars())
        #expect(await run("data", "export", "ACME", "--bars", "1m").errors.contains("but of 1d"))
        #expect(await run("data", "export", "ACME", "--from", "2015", "--to", "2014").code == 2)
    }
}
