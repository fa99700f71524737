import Foundation
import ScratchFolders
import SharedData
import Testing

@testable import CLI

@Suite struct DataImportCommandTests {
    @Test func `says what it found and imports it`() async throws {
        let run = try ProgramRun()
        let outcome = await run("data", "import", try run.bars())
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("ACME.csv: 6 rows written as plain, dates only\n"))
        #expect(outcome.output.contains("ACME 1d, 6 bars, 2013-12-30 .. 2014-01-07, no gaps, 6 new\n"))
        #expect(outcome.output.contains("bars of 1d, told from the distances between them"))
        let again = await run("data", "import", try run.bars())
        #expect(again.code == 0)
        #expect(again.output.contains("6 stored already"))
    }

    @Test func `refuses a file with a bad row and names the line, the column and the reason`() async throws {
        let run = try ProgramRun()
        let outcome = await run("data", "import", try run.bars(isDirty: true))
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("line 5, high: '13' has a high and low that do not bound open and close"))
        #expect(outcome.output.contains("nothing of it was imported"))
        #expect(outcome.errors.contains("1 of 6 rows is bad; --quarantine imports the others"))
        #expect(await run("data", "list").output.contains("nothing is stored"))
    }

    @Test func `with quarantine takes the good rows and names the file of the bad ones`() async throws {
        let run = try ProgramRun()
        let outcome = await run("data", "import", try run.bars(isDirty: true), "--quarantine", "--json")
        #expect(outcome.code == 0)
        let file = try #require(try outcome.objects.first)
        let list = try #require(file["quarantine"] as? String)
        let lines = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
        #expect(
            lines == ["line\tcolumn\treason\ttext", "5\thigh\thas a high and low that do not bound open and close\t13"])
        let series = try #require((file["series"] as? [[String: Any]])?.first)
        #expect(series["added"] as? Int == 5)
        #expect(series["missing"] as? Int == 1)
    }

    @Test func `imports the others where files fail`() async throws {
        let run = try ProgramRun()
        let outcome = await run(
            "data", "import", "/nowhere/a.csv", try run.bars(), try run.write("b.csv", ""), "--json")
        #expect(outcome.code == 1)
        let objects = try outcome.objects
        #expect(objects.map { $0["type"] as? String } == ["file", "file", "file", "summary"])
        #expect(objects.prefix(3).map { $0["imported"] as? Bool } == [false, true, false])
        #expect(objects[3]["failed"] as? Int == 2)
        #expect(objects[3]["added"] as? Int == 6)
    }

    @Test func `a different bar is refused until it may replace the stored one`() async throws {
        let run = try ProgramRun()
        _ = await run("data", "import", try run.bars())
        let changed = try run.write("ACME.csv", "date,open,high,low,close\n2014-01-06,1,2,1,2\n2014-01-07,1,2,1,2\n")
        let refused = await run("data", "import", changed)
        #expect(refused.code == 1)
        #expect(refused.errors.contains("(--replace)"))
        let replaced = await run("data", "import", changed, "--replace")
        #expect(replaced.code == 0)
        #expect(replaced.output.contains("2 replaced"))
    }

    @Test func `asks for what a file does not show by the option that says it`() async throws {
        let run = try ProgramRun()
        let nameless = try run.bars("2014.csv")
        #expect(await run("data", "import", nameless).errors.hasSuffix("say the symbol (--symbol)\n"))
        #expect(await run("data", "import", nameless, "--symbol", "ACME").code == 0)
        let slashed = try run.write("A.csv", "date,open,high,low,close\n03/04/2017,1,2,1,2\n05/06/2017,1,2,1,2\n")
        #expect(await run("data", "import", slashed).errors.hasSuffix("say which (--day-order)\n"))
        #expect(
            await run("data", "import", slashed, "--day-order", "day-first", "--bars", "1d").output.contains(
                "2017-04-03 .. 2017-06-05")
        )
    }

    @Test func `goes on where nobody listens`() async throws {
        let run = try ProgramRun()
        #expect(await run("data", "import", try run.bars(), closesAfter: 0).code == 0)
        #expect(await run("data", "list").output.contains("ACME"))
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let message: String
        var testDescription: String { name }
    }

    @Test(arguments: [
        Wrong(name: "empty.csv", bytes: [], message: "is empty"),
        Wrong(name: "cut.csv.gz", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B], message: "truncated gzip"),
        Wrong(name: "a.csv.gz", bytes: [0x1F, 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9], message: "corrupt gzip"),
        Wrong(name: "a.csv", bytes: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0], message: "PNG picture"),
        Wrong(name: "b.csv", bytes: [0x61, 0, 0x62], message: "NUL byte"),
        Wrong(name: "c.csv", bytes: Array("date,open,high,low,close\n".utf8), message: "header and no rows"),
        Wrong(name: "d.json", bytes: Array("{\"a\":1}".utf8), message: "without an array of rows"),
        Wrong(name: "e.json", bytes: Array("[[1,2".utf8), message: "e.json"),
    ])
    func `says in one line what is wrong with a file`(wrong: Wrong) async throws {
        let run = try ProgramRun()
        let outcome = await run("data", "import", try run.write(wrong.name, wrong.bytes))
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(wrong.message))
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.output == "")
    }

    @Test func `says in one line what is wrong with a path`() async throws {
        let run = try ProgramRun()
        try FileManager.default.createDirectory(atPath: run.folder.file("none"), withIntermediateDirectories: true)
        #expect(mkfifo(run.folder.file("pipe"), 0o600) == 0)
        for (path, message) in [
            (run.folder.file("missing.csv"), "there is no file"),
            (run.folder.file("none"), "holds no CSV or JSON files"),
            (run.folder.file("pipe"), "is no ordinary file"), ("/dev/null", "is no ordinary file"),
        ] {
            let outcome = await run("data", "import", path)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains(message))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func `a home that cannot be made is an error in words`() async throws {
        let run = try ProgramRun()
        let outcome = await run("data", "import", try run.bars(), "--home", try run.write("file", "x"))
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("cannot make the folder"))
        #expect(outcome.errors.contains("Not a directory"))
    }

    @Test(arguments: [["--zone", "Mars/Olympus"], ["--bars", "7q"], ["--asset", "bond"], ["--symbol", "A B"]])
    func `wrong words are wrong use`(words: [String]) async throws {
        let run = try ProgramRun()
        let outcome = await run("data", "import", "a.csv", words[0], words[1])
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("'\(words[1])'"))
    }

    @Test func `names stretches of lines`() {
        #expect(LineRanges.text([3, 5, 6, 7, 7, 9]) == "3, 5-7, 9")
        #expect(LineRanges.text([1, 3, 5], most: 2) == "1, 3 and 1 more stretches")
        #expect(LineRanges.text([]) == "")
    }
}

/// Files with real or planted defects; the counts come from an independent script.
@Suite(.needsSharedData) struct DirtyImportCommandTests {
    struct Dirty: Sendable, CustomTestStringConvertible {
        let name: String
        let rows: Int
        let bad: Int
        var testDescription: String { name }
    }

    static let files = [
        Dirty(name: "BTCUSDT_2019_daily_high_is_close.csv", rows: 365, bad: 176),
        Dirty(name: "ORCL_2010_malformed.csv", rows: 252, bad: 1),
        Dirty(name: "SPY_2017_many_bad_rows.csv", rows: 502, bad: 259),
        Dirty(name: "SPY_2017_out_of_order.csv", rows: 502, bad: 70),
    ]

    @Test(arguments: files) func `refuses a dirty file and names every bad line`(file: Dirty) async throws {
        let run = try ProgramRun()
        let path = SharedData.file("dirty/\(file.name)").path
        let words = await run("data", "import", path, "--all-bad-rows")
        #expect(words.code == 1)
        #expect(words.output.split(separator: "\n").count { $0.hasPrefix("    line ") } == file.bad)
        #expect(words.errors.contains("\(file.bad) of \(file.rows) row"))
        let short = await run("data", "import", path)
        #expect(short.output.split(separator: "\n").count { $0.hasPrefix("    line ") } == min(3, file.bad))
        let object = try #require(try await run("data", "import", path, "--json").objects.first)
        #expect((object["bad_rows"] as? [Any])?.count == file.bad)
        #expect(object["imported"] as? Bool == false)
        #expect(await run("data", "list").output.contains("nothing is stored"))
    }

    @Test(arguments: files) func `takes the good rows of a dirty file with quarantine`(file: Dirty) async throws {
        let run = try ProgramRun()
        let outcome = await run("data", "import", SharedData.file("dirty/\(file.name)").path, "--quarantine", "--json")
        #expect(outcome.code == 0)
        let objects = try outcome.objects
        #expect(objects.last?["added"] as? Int == file.rows - file.bad)
        let list = try #require(objects.first?["quarantine"] as? String)
        #expect(try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").count == file.bad + 1)
    }

    @Test func `a gzip file cut anywhere is an error in one line`() async throws {
        let run = try ProgramRun()
        let whole = try Array(Data(contentsOf: SharedData.file("bars/daily/stocknet/AAPL.csv.gz")))
        for count in [11, 100, 5000, whole.count - 9, whole.count - 1] {
            let outcome = await run("data", "import", try run.write("AAPL.csv.gz", Array(whole.prefix(count))))
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("truncated gzip"))
        }
    }
}
