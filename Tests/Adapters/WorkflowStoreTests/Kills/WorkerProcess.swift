import Foundation

/// The built `WorkflowWorker` as a process of its own.
final class WorkerProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer: [UInt8] = []
    /// Whether it has closed its output.
    private(set) var hasEnded = false

    /// Starts a worker on a folder.
    init(in folder: String) throws {
        let own = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = own.appendingPathComponent("WorkflowWorker")
        process.arguments = [folder]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try output.fileHandleForWriting.close()
        try input.fileHandleForReading.close()
    }

    /// Asks for something; false where nobody listens any more.
    func ask(_ line: String) -> Bool {
        // The signal that tells of a closed pipe would end the tests; ignored, it would be so for other tests too.
        var closed = sigset_t()
        var before = sigset_t()
        sigemptyset(&closed)
        sigaddset(&closed, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &closed, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let bytes = Array("\(line)\n".utf8)
        guard write(input.fileHandleForWriting.fileDescriptor, bytes, bytes.count) == bytes.count else {
            var number: Int32 = 0
            if errno == EPIPE { sigwait(&closed, &number) }
            return false
        }
        return true
    }

    /// The whole lines that it says within so many milliseconds, as soon as there are any.
    func lines(within milliseconds: Int32) -> [String] {
        var place = pollfd(fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&place, 1, milliseconds) > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(place.fd, &bytes, bytes.count)
        guard count > 0 else {
            hasEnded = true
            return []
        }
        buffer += bytes[..<count]
        guard let end = buffer.lastIndex(of: 10) else { return [] }
        defer { buffer.removeFirst(end + 1) }
        return buffer[..<end].split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Kills it and gives what it said before it died; nil where it had ended by itself.
    func kill() -> [String]? {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        guard process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL else { return nil }
        var said: [String] = []
        while true {
            let more = lines(within: 0)
            if more.isEmpty { return said }
            said += more
        }
    }

    /// Waits for its end and gives its exit status.
    func status() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
