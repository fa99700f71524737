import Foundation
import ScratchFolders

/// The floor under everything durable: 200 bytes appended to a file and synced, as the disk answers at the time.
enum FileSync {
    static func measure(_ name: String) throws -> [Measurement] {
        let folder = try ScratchFolder()
        guard FileManager.default.createFile(atPath: folder.file("sync"), contents: nil),
            let file = FileHandle(forWritingAtPath: folder.file("sync"))
        else { throw CocoaError(.fileWriteUnknown) }
        let bytes = Data(repeating: 65, count: 200)
        let rounds = try (0..<5).map { _ in
            try (0..<100).map { _ in
                try seconds {
                    try file.write(contentsOf: bytes)
                    fsync(file.fileDescriptor)
                } * 1e6
            }
        }
        return [
            Measurement("\(name).p50", "us", of: rounds.map { percentile(0.5, $0) }),
            Measurement("\(name).p99", "us", of: rounds.map { percentile(0.99, $0) }),
        ]
    }
}
