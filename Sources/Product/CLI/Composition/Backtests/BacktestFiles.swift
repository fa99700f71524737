import DeskCommands
import Foundation
import WorkflowModel

/// Backtests as files of a home: `<home>/backtests/<id>.json`, one JSON object each.
struct BacktestFiles: Sendable {
    let folder: String

    init(home: String) {
        folder = "\(home)/backtests"
    }

    /// Throws where a name could not be a file's.
    func check(_ id: String) throws {
        let isWellFormed = id.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: "-_.".utf8.contains(byte)
            }
        }
        guard isWellFormed, (1...100).contains(id.utf8.count), !id.hasPrefix(".") else {
            throw CommandProblem(.invalid, "'\(id.prefix(100))' cannot name a backtest: letters, digits and - _ . can")
        }
    }

    /// A backtest as it was kept; nil where there is none of that name.
    func read(_ id: String) throws -> Value? {
        try check(id)
        guard FileManager.default.fileExists(atPath: path(id)) else { return nil }
        return try Value(json: [UInt8](Data(contentsOf: URL(fileURLWithPath: path(id)))))
    }

    /// Keeps a backtest whole: a crash leaves the old file or the new one.
    func write(_ value: Value, _ id: String) throws {
        try PrivateFolder.make(folder)
        try Data(try value.json()).write(to: URL(fileURLWithPath: path(id)), options: .atomic)
    }

    /// The names of all that were kept, in no order.
    func names() throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { file in
            file.hasSuffix(".json") ? String(file.dropLast(5)) : nil
        }
    }

    private func path(_ id: String) -> String { "\(folder)/\(id).json" }
}
