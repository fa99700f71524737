import Determinism
import Foundation
import ScratchFolders
import Testing

@testable import Telemetry

@Suite struct LogFiles {
    let folder: ScratchFolder
    let tail = LogTail()

    init() throws {
        folder = try ScratchFolder()
    }

    func record(_ message: String) -> LogRecord {
        LogRecord(time: Timestamp(nanoseconds: 0), level: .info, component: "test", message: message)
    }

    func lines(_ name: String) throws -> [String] {
        let text = try String(contentsOfFile: folder.file(name), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object?["message"] as? String)
        }
    }

    @Test func `keeps every line, whole and in order, when files are put aside`() async throws {
        let limits = LogFile.Limits(bytes: 1000, kept: 50)
        let file = try LogFile(path: folder.file("log"), limits: limits, complaints: tail)
        for number in 0..<200 {
            file.write(record("line \(number)"))
            if number % 7 == 0 { await file.flush() }
        }
        await file.flush()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count > 15)
        let oldestFirst = (1..<names.count).reversed().map { "log.\($0)" } + ["log"]
        #expect(try oldestFirst.flatMap(lines) == (0..<200).map { "line \($0)" })
        for name in names {
            let size = try FileManager.default.attributesOfItem(atPath: folder.file(name))[.size] as? Int
            #expect(try #require(size) <= 1000)
        }
        #expect(file.lost == 0)
        #expect(tail.lastSequence == 0)
    }

    @Test func `keeps as many files as it was told`() async throws {
        let file = try LogFile(path: folder.file("log"), limits: LogFile.Limits(bytes: 1, kept: 2))
        for number in 0..<5 { file.write(record("\(number)")) }
        await file.flush()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["log", "log.1", "log.2"])
        #expect(try ["log.2", "log.1", "log"].flatMap(lines) == ["2", "3", "4"])
    }

    @Test func `goes on where an earlier run ended`() async throws {
        for run in 1...2 {
            let file = try LogFile(path: folder.file("log"))
            file.write(record("run \(run)"))
            await file.flush()
        }
        #expect(try lines("log") == ["run 1", "run 2"])
    }

    @Test func `loses and counts the lines that find no room, and says so in the file`() async throws {
        let file = try LogFile(path: folder.file("log"), limits: LogFile.Limits(waiting: 3))
        let gate = DispatchSemaphore(value: 0)
        file.occupyWriter { gate.wait() }
        for number in 1...5 { file.write(record("\(number)")) }
        #expect(file.lost == 2)
        gate.signal()
        await file.flush()
        #expect(try lines("log") == ["1", "2", "3", "Lines were lost: more were logged than could be written."])
        file.write(record("6"))
        await file.flush()
        #expect(try lines("log").last == "6")
        #expect(file.lost == 2)
    }

    @Test func `tells of a failing disk once, counts what is lost and recovers`() async throws {
        try FileManager.default.createDirectory(atPath: folder.file("logs"), withIntermediateDirectories: false)
        let file = try LogFile(path: folder.file("logs/log"), complaints: tail)
        try FileManager.default.removeItem(atPath: folder.file("logs"))
        for number in 1...3 {
            file.write(record("\(number)"))
            await file.flush()
        }
        #expect(tail.records(limit: 9).map(\.record.level) == [.error])
        #expect(tail.records(limit: 9).first?.record.message.contains("cannot be written") == true)
        try FileManager.default.createDirectory(atPath: folder.file("logs"), withIntermediateDirectories: false)
        file.write(record("4"))
        await file.flush()
        #expect(try lines("logs/log") == ["4"])
        #expect(file.lost == 3)
        try FileManager.default.removeItem(atPath: folder.file("logs"))
        file.write(record("5"))
        await file.flush()
        #expect(tail.lastSequence == 2)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "a device that is always full"))
    func `counts the lines that a full disk refuses`() async throws {
        let file = try LogFile(path: "/dev/full", complaints: tail)
        for number in 1...3 { file.write(record("\(number)")) }
        await file.flush()
        #expect(file.lost == 3)
        #expect(tail.lastSequence == 1)
    }

    @Test func `refuses a path that cannot be opened and says why`() {
        let error = #expect(throws: TelemetryError.self) { try LogFile(path: folder.file("no/such/log")) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("no/such/log") == true)
    }

    @Test func `loses nothing that many threads write at once`() async throws {
        let file = try LogFile(path: folder.file("log"), limits: LogFile.Limits(bytes: 20_000, kept: 100))
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask { for number in 0..<250 { file.write(record("\(task)/\(number)")) } }
            }
        }
        await file.flush()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(try names.flatMap(lines)).count == 2000)
        #expect(file.lost == 0)
    }
}

@Suite struct LogStreams {
    @Test func `writes for people from warning on`() throws {
        let folder = try ScratchFolder()
        #expect(FileManager.default.createFile(atPath: folder.file("out"), contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: folder.file("out")))
        let stream = LogStream(descriptor: handle.fileDescriptor)
        for level in LogLevel.allCases {
            stream.write(
                LogRecord(time: Timestamp(nanoseconds: 0), level: level, component: "a", message: level.rawValue))
        }
        let text = try String(contentsOfFile: folder.file("out"), encoding: .utf8)
        let stamp = "1970-01-01T00:00:00.000000000Z"
        #expect(text == "\(stamp) WARNING a: warning\n\(stamp) ERROR a: error\n")
        #expect(stream.lost == 0)
        LogStream(descriptor: -1).write(
            LogRecord(time: Timestamp(nanoseconds: 0), level: .error, component: "a", message: "x"))
    }
}
