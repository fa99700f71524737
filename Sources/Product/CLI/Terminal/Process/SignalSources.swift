import Dispatch
import Glibc
import Synchronization

/// Calls ordinary code when signals come, off the signal handler.
final class SignalSources: Sendable {
    private let sources = Mutex<[(number: Int32, source: any DispatchSourceSignal)]>([])
    private let queue = DispatchQueue(label: "bellwether.signals")

    /// Calls `action` for each signal of a number, in place of what the system would do.
    func on(_ number: Int32, _ action: @escaping @Sendable () -> Void) {
        signal(number, SIG_IGN)
        sources.withLock { [queue] sources in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: action)
            source.resume()
            sources.append((number, source))
        }
    }

    /// Ends the calls and lets the system do again what it does by itself.
    func cancel() {
        sources.withLock { sources in
            for entry in sources {
                entry.source.cancel()
                signal(entry.number, SIG_DFL)
            }
            sources = []
        }
    }

    deinit { cancel() }
}
