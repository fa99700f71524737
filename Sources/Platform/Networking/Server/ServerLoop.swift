import Determinism
import Glibc

/// All connections of a server. Its jobs and the library's callbacks run on one thread, the loop's.
actor ServerLoop {
    /// What a loop is made of.
    struct Parts: Sendable {
        let configuration: HTTPServerConfiguration
        let handler: any HTTPHandler
        let mailbox: Mailbox
        let now: Timestamp
        let publish: @Sendable (HTTPServerStatistics) -> Void
    }

    /// Above this much waiting output nothing more is made for a connection.
    static let highWater = 64 * 1024

    nonisolated let executor: LoopExecutor
    nonisolated let mailbox: Mailbox
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: HTTPServerConfiguration
    let handler: any HTTPHandler
    let writer: ResponseWriter
    let limits: RequestLimits
    private let publish: @Sendable (HTTPServerStatistics) -> Void

    var library: SocketLibrary?
    var listening: OpaquePointer?
    var listeningDescriptor: Int32 = -1
    /// Kept open to be given up when descriptors run out, so that a waiting connection can be taken and closed.
    var spareDescriptor: Int32 = -1
    var connections: [UInt64: Connection] = [:]
    /// Connections that the library has not closed yet, those the loop is done with included.
    var openSockets = 0
    var perPeer: [String: Int] = [:]
    var nextID: UInt64 = 0
    var nextRequest: UInt64 = 0
    var bodyBytes = 0
    var statistics = HTTPServerStatistics()
    var pulse: Pulse
    var stopDeadline: Duration?

    init(_ parts: Parts) {
        mailbox = parts.mailbox
        executor = LoopExecutor(mailbox: parts.mailbox)
        configuration = parts.configuration
        handler = parts.handler
        limits = parts.configuration.limits
        writer = ResponseWriter(serverName: parts.configuration.serverName)
        publish = parts.publish
        pulse = Pulse(start: parts.now)
    }

    var elapsed: Duration { pulse.elapsed }

    /// Serves on the calling thread until it is told to stop and all is done.
    nonisolated func run(on listener: Listener) throws {
        executor.bind()
        let owner = Unmanaged.passUnretained(self).toOpaque()
        let tls = configuration.tls
        raiseDescriptorLimit(to: configuration.maxConnections + 256)
        let library = try SocketLibrary(owner: owner, tls: tls)
        // The context is destroyed below, after `mailbox.close()`, by which time nothing rings.
        nonisolated(unsafe) let context = library.context
        mailbox.open { cancelService(context) }
        defer {
            mailbox.close()
            library.destroy()
            assumeIsolated { $0.publishStatistics() }
        }
        // Handed over before the loop turns; this thread is the actor's from `bind` on.
        nonisolated(unsafe) let ready = library
        try assumeIsolated { try $0.start(ready, listener) }
        while assumeIsolated({ $0.readMail() }) {
            guard library.service() else { throw NetworkingError(.failed, "The network library stopped by itself.") }
            executor.drain()
        }
        assumeIsolated { $0.end() }
    }

    private func start(_ library: SocketLibrary, _ listener: Listener) throws {
        self.library = library
        guard let descriptor = listener.giveAway(), let watched = library.watch(descriptor) else {
            throw NetworkingError(.failed, "The network library does not take the listening socket.")
        }
        listening = watched
        listeningDescriptor = descriptor
        spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    /// Does what the letters say; false once the loop is to end.
    private func readMail() -> Bool {
        while true {
            let letters = mailbox.take()
            if letters.isEmpty { break }
            for letter in letters { read(letter) }
        }
        publishStatistics()
        guard let stopDeadline else { return true }
        return openSockets > 0 && elapsed < stopDeadline
    }

    private func read(_ letter: Mailbox.Letter) {
        switch letter {
        case .answer(let id, let exchange, let response): answer(id, exchange, response)
        case .wake(let id):
            guard let connection = connections[id] else { return }
            connection.flag.lower()
            pump(connection)
        case .tick(let now):
            pulse.beat(now)
            sweep()
        case .stop: stop()
        }
    }

    /// What the library reports about a connection.
    func handle(_ event: LoopEvent, of id: UInt64) -> Int32 {
        switch event {
        case .arrival: acceptWaiting()
        case .bytes(let bytes):
            guard let connection = connections[id] else { return -1 }
            received(bytes, connection)
        case .writable:
            guard let connection = connections[id] else { return -1 }
            connection.lastProgress = elapsed
            pump(connection)
        case .closed:
            if id & ~Connection.retiredMark > 0 { openSockets -= 1 }
            if let connection = connections[id] { forget(connection) }
        }
        return 0
    }

    private func publishStatistics() {
        statistics.connectionsOpen = connections.count
        publish(statistics)
    }

    private func end() {
        for connection in connections.values { forget(connection) }
        if spareDescriptor >= 0 { close(spareDescriptor) }
    }
}
