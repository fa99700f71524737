import Foundation
import ScratchFolders
import Testing

@testable import CLI

/// The executable that was built beside the tests.
enum BuiltProduct {
    /// Where it is; nil where it was not built.
    static let path: String? = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let path = tests.deletingLastPathComponent().appendingPathComponent("bellwether").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// Runs a line of shell in which `$B` is the executable; what it writes, standard error last, and how it ended.
    static func shell(_ line: String, home: String) throws -> (text: String, code: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-o", "pipefail", "-c", line]
        process.environment = ["B": path ?? "", "BELLWETHER_HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
    }
}

@Suite(.enabled(if: BuiltProduct.path != nil, "SKIPPED: bellwether was not built beside the tests"))
struct BuiltProductTests {
    @Test func `imports, computes and exports, and reads back what it wrote`() throws {
        let run = try ProgramRun()
        let bars = try run.bars()
        let imported = try BuiltProduct.shell("$B data import '\(bars)'", home: run.home)
        #expect(imported.code == 0)
        #expect(imported.text.contains("6 new"))
        let computed = try BuiltProduct.shell("$B indicators compute sma period=6 ACME | tail -1", home: run.home)
        #expect(computed.text == "2014-01-07,13.0\n")
        let copy = run.folder.file("copy.csv")
        let line = "$B data export ACME > '\(copy)' && $B data import '\(copy)' --symbol ACME"
        #expect(try BuiltProduct.shell(line, home: run.home).text.contains("6 stored already"))
    }

    @Test(arguments: [
        ("data import", 2), ("data import /nowhere/x", 1), ("data import /dev/zero", 1),
        ("data import /proc/self/mem", 1),
        ("data list", 0), ("data check", 1), ("data export X", 1), ("indicators compute sma X", 1),
        ("indicators compute nothing X", 2), ("indicators compute sma /", 1), ("data export 'a b'", 2),
    ])
    func `ends with a code of its own, never by a signal`(words: String, code: Int) throws {
        let run = try ProgramRun()
        let outcome = try BuiltProduct.shell("$B \(words)", home: run.home)
        #expect(outcome.code == Int32(code))
        if code == 1 { #expect(outcome.text.split(separator: "\n").count == 1) }
    }

    @Test func `ends quietly where its reader leaves`() throws {
        let run = try ProgramRun()
        let rows = (0..<30_000).map { "\(1_500_000_000 + $0 * 60),1,2,1,2,5" }.joined(separator: "\n")
        let path = try run.write("BTCUSD.csv", "timestamp,open,high,low,close,volume\n\(rows)\n")
        let line = "$B indicators compute sma '\(path)' | head -1"
        let outcome = try BuiltProduct.shell(line, home: run.home)
        #expect(outcome.text == "time,sma\n")
        #expect(outcome.code == 0)
    }
}
