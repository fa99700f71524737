import Foundation
import Synchronization

/// Calls ordinary code when signals come, off the signal handler.
///
/// The handler writes the signal's number into a pipe and a thread reads it there, so that no signal is lost between
/// asking for it and the first turn of an event loop.
final class SignalSources: Sendable {
    private struct Entry: Sendable {
        let owner: ObjectIdentifier
        let number: Int32
        let action: @Sendable () -> Void
    }

    private static let entries = Mutex<(isReading: Bool, all: [Entry])>((false, []))

    /// Calls `action` for each signal of a number, in place of what the system would do.
    func on(_ number: Int32, _ action: @escaping @Sendable () -> Void) {
        let entry = Entry(owner: ObjectIdentifier(self), number: number, action: action)
        let isFirst = SignalSources.entries.withLock { entries in
            entries.all.append(entry)
            defer { entries.isReading = true }
            return !entries.isReading
        }
        // Opens the pipe before the handler can need it.
        guard signalPipe.writeEnd >= 0 else { return }
        if isFirst { Thread.detachNewThread { SignalSources.read() } }
        signal(number) { number in
            let before = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(signalPipe.writeEnd, &byte, 1)
            errno = before
        }
    }

    /// Ends the calls and lets the system do again what it does by itself, where nobody else asked.
    func cancel() {
        SignalSources.entries.withLock { entries in
            let own = entries.all.filter { $0.owner == ObjectIdentifier(self) }
            entries.all.removeAll { $0.owner == ObjectIdentifier(self) }
            for entry in own where !entries.all.contains(where: { $0.number == entry.number }) {
                signal(entry.number, SIG_DFL)
            }
        }
    }

    private static func read() {
        var byte: UInt8 = 0
        while true {
            let count = Foundation.read(signalPipe.readEnd, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return }
            let number = Int32(byte)
            let actions = entries.withLock { $0.all.filter { $0.number == number } }
            for entry in actions { entry.action() }
        }
    }

    deinit { cancel() }
}

/// The pipe that the signal handler writes to: a constant, so that the handler needs no lock.
private let signalPipe: (readEnd: Int32, writeEnd: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
}()
