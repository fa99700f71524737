import Foundation
import ScratchFolders
import Testing

@testable import CLI

/// A home of its own for the program, run in this process.
final class ProgramRun {
    let folder: ScratchFolder
    var home: String { folder.file("home") }

    init() throws {
        folder = try ScratchFolder()
    }

    struct Outcome {
        let code: Int32
        let output: String
        let errors: String

        /// The objects of `--json` output, one a line.
        var objects: [[String: Any]] {
            get throws {
                try output.split(separator: "\n").map { line in
                    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                }
            }
        }
    }

    /// Runs the words of a command line.
    func callAsFunction(_ words: String..., closesAfter limit: Int = Int.max) async -> Outcome {
        await all(words, closesAfter: limit)
    }

    /// Runs the words of a command line, given as a list.
    func all(_ words: [String], closesAfter limit: Int = Int.max) async -> Outcome {
        let output = MemorySink(closesAfter: limit)
        let errors = MemorySink()
        let program = Program(root: CommandTree.root, version: CommandTree.version)
        let code = await program.run(words, environment: ["BELLWETHER_HOME": home]) { isJSON, _ in
            Console(output: output, errors: errors, profile: .pipe, errorProfile: .pipe, isJSON: isJSON)
        }
        return Outcome(code: code.number, output: output.text, errors: errors.text)
    }

    /// Writes a file beside the home and returns its path.
    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    /// Writes a file of bytes beside the home and returns its path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = folder.file(name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Six daily bars around new year, the fourth of them with a high below its close where `isDirty`.
    func bars(_ name: String = "ACME.csv", isDirty: Bool = false) throws -> String {
        try write(
            name,
            """
            date,open,high,low,close,volume
            2013-12-30,10,11,9,10.5,100
            2013-12-31,10.5,12,10,11.5,200
            2014-01-02,11.5,13,11,12.5,300
            2014-01-03,12.5,\(isDirty ? "13" : "14"),12,13.5,400
            2014-01-06,13.5,15,13,14.5,500
            2014-01-07,14.5,16,14,15.5,600

            """)
    }
}
