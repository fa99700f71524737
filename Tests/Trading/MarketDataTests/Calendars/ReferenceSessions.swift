import Determinism
import Foundation
import SharedData

/// The rows of a reference calendar file: session, open and close in UTC.
struct ReferenceSessions {
    struct Row: Equatable {
        let date: CivilDate
        let open: Timestamp
        let close: Timestamp
    }

    let rows: [Row]

    init(_ name: String) throws {
        let gzip = Process()
        let pipe = Pipe()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", SharedData.file("reference/calendars/\(name)").path]
        gzip.standardOutput = pipe
        try gzip.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        gzip.waitUntilExit()
        rows = text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard let session = Timestamp(fields[0]), let open = Timestamp(fields[1]), let close = Timestamp(fields[2])
            else { return nil }
            return Row(date: session.date, open: open, close: close)
        }
    }
}
