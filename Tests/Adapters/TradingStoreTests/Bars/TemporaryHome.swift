import Determinism
import Foundation
import MarketData
import TradingModel
import TradingStore

/// A home folder of its own for one test.
final class TemporaryHome {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/bellwether-test-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { throw FileError(.failed, "no temporary folder") }
        path = String(cString: made)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func store() throws -> BarStore { try BarStore.open(home: path + "/home") }

    func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }
}

let importTime = Timestamp("2026-01-02T03:04:05Z") ?? Timestamp(nanoseconds: 0)

func importing(
    _ paths: [String], into store: BarStore, _ change: (inout ImportPlan) -> Void = { _ in }
) -> ImportSummary {
    var plan = ImportPlan()
    change(&plan)
    return DataImport(into: store).run(paths, plan, importedAt: importTime)
}
