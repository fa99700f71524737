import Foundation

/// Where the runs of a home are kept: one folder each, named after the run's plan.
///
/// A run that came to its end and is started again makes room first: its folder gets a number, so that the new run has a
/// chain of its own that begins where every run of this plan begins.
struct RunFolder {
    let home: String
    let run: String

    /// `<home>/runs/<run>`.
    var path: String { "\(home)/runs/\(run)" }

    /// Makes the folder and notes it as the newest of the home.
    func make() throws {
        try PrivateFolder.make(path)
        try Data("\(run)\n".utf8).write(to: URL(fileURLWithPath: "\(home)/runs/latest"), options: .atomic)
    }

    /// Puts an ended run aside under the next free number.
    func putAside() throws {
        var number = 1
        while FileManager.default.fileExists(atPath: "\(path).\(number)") { number += 1 }
        try FileManager.default.moveItem(atPath: path, toPath: "\(path).\(number)")
    }

    /// The newest run of a home; throws where nothing ever ran there.
    static func latest(home: String) throws -> RunFolder {
        guard let newest = try newest(home: home) else {
            throw CommandFailure(
                "nothing has run in \(home) yet; start the desk with 'bellwether run'", code: "not_found")
        }
        return newest
    }

    /// The newest run of a home; nil where nothing ever ran there.
    static func newest(home: String) throws -> RunFolder? {
        let file = "\(home)/runs/latest"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let name = try String(contentsOfFile: file, encoding: .utf8)
        return name.split(separator: "\n").first.map { RunFolder(home: home, run: String($0)) }
    }

    /// The run of a name in a home, or the newest where none is given.
    static func find(_ name: String?, home: String) throws -> RunFolder {
        guard let name else { return try latest(home: home) }
        let folder = RunFolder(home: home, run: name)
        guard FileManager.default.fileExists(atPath: folder.path) else {
            let known = (try? FileManager.default.contentsOfDirectory(atPath: "\(home)/runs")) ?? []
            let names = known.filter { $0 != "latest" }.sorted().joined(separator: ", ")
            throw CommandFailure("there is no run '\(name)' in \(home); there are: \(names)", code: "not_found")
        }
        return folder
    }
}
