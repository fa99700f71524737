public import Determinism
import Foundation
import Synchronization

/// An HTTP/1.1 and WebSocket server with a thread of its own.
///
/// The port is taken when the server is made, so that `port` is known and clients can connect before `run`.
/// A peer that closes its sending side counts as gone: what it asked for is cancelled.
public final class HTTPServer: Sendable {
    /// The port it listens on.
    public let port: UInt16
    private let listener: Listener
    private let configuration: HTTPServerConfiguration
    private let handler: any HTTPHandler
    private let time: any TimeSource
    private let ran = Atomic<Bool>(false)
    private let published = Mutex(HTTPServerStatistics())

    /// Takes the port and checks the certificate; throws a `NetworkingError` that says what is wrong with either.
    public init(
        _ configuration: HTTPServerConfiguration, handler: any HTTPHandler, time: any TimeSource = SystemTime()
    ) throws {
        if let tls = configuration.tls { try CertificateFiles.check(tls) }
        listener = try Listener(address: configuration.address, port: configuration.port)
        port = listener.port
        self.configuration = configuration
        self.handler = handler
        self.time = time
    }

    /// What the server has done so far; a moment behind at most.
    public var statistics: HTTPServerStatistics {
        published.withLock { $0 }
    }

    /// Serves until cancelled; then takes no more connections, finishes the requests in flight and returns.
    public func run() async throws {
        guard !ran.exchange(true, ordering: .acquiringAndReleasing) else {
            throw NetworkingError(.alreadyRan, "This server has run already; make another one.")
        }
        let mailbox = Mailbox()
        let parts = ServerLoop.Parts(
            configuration: configuration, handler: handler, mailbox: mailbox, now: time.now,
            publish: { [self] statistics in published.withLock { $0 = statistics } })
        // It must go on while the loop stops, so it is no child of this task.
        let ticker = Task.detached { [time, interval = configuration.sweepInterval] in
            while !Task.isCancelled {
                do { try await time.sleep(for: interval) } catch { return }
                mailbox.post(.tick(time.now))
            }
        }
        defer { ticker.cancel() }
        try await withTaskCancellationHandler {
            try await runThread(parts)
        } onCancel: {
            mailbox.post(.stop)
        }
    }

    private func runThread(_ parts: ServerLoop.Parts) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [listener] in
                let loop = ServerLoop(parts)
                done.resume(with: Result { try loop.run(on: listener) })
            }
            thread.name = "bellwether-http"
            thread.stackSize = 1 << 20
            thread.start()
        }
    }
}
