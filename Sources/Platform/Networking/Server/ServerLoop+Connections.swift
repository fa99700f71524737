import Glibc

/// How connections come and go.
extension ServerLoop {
    /// Takes the connections that wait, some at a time so that others get their turn.
    func acceptWaiting() {
        guard stopDeadline == nil else { return }
        for _ in 0..<64 {
            switch Listener.accept(at: listeningDescriptor) {
            case .connection(let descriptor, let peer): take(descriptor, peer)
            case .exhausted: return turnAwayWithoutDescriptors()
            case .none: return
            }
        }
    }

    private func take(_ descriptor: Int32, _ peer: String) {
        if let most = configuration.maxConnectionsPerPeer, perPeer[peer, default: 0] >= most {
            return turnAway(descriptor)
        }
        if connections.count >= configuration.maxConnections, !makeRoom() { return turnAway(descriptor) }
        nextID += 1
        guard let wsi = library?.adopt(descriptor, id: nextID) else { return count(.handshake) }
        openSockets += 1
        let connection = Connection(
            id: nextID, wsi: wsi, peer: peer, mailbox: mailbox, limits: limits, now: elapsed)
        connection.waits(for: .firstByte, since: elapsed, within: configuration.headerTimeout)
        connections[nextID] = connection
        perPeer[peer, default: 0] += 1
        statistics.connectionsAccepted += 1
    }

    /// Ends the connection that has kept the server waiting for longest; false where none has.
    ///
    /// An honest head comes at once, so that those who trickle theirs give way to those who do not.
    private func makeRoom() -> Bool {
        var oldest: Connection?
        for connection in connections.values where connection.isWaiting && connection.waitingSince < elapsed {
            guard let known = oldest else {
                oldest = connection
                continue
            }
            if (connection.waitingSince, connection.id) < (known.waitingSince, known.id) { oldest = connection }
        }
        guard let oldest else { return false }
        retire(oldest)
        return true
    }

    private func turnAway(_ descriptor: Int32) {
        count(.tooManyConnections)
        if configuration.tls == nil {
            let text =
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            _ = Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        }
        close(descriptor)
    }

    private func turnAwayWithoutDescriptors() {
        guard spareDescriptor >= 0 else { return }
        close(spareDescriptor)
        if case .connection(let descriptor, _) = Listener.accept(at: listeningDescriptor) { turnAway(descriptor) }
        spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    func count(_ reason: HTTPRefusal.Reason) {
        statistics.refused[reason, default: 0] += 1
    }

    /// Ends a connection at once.
    func retire(_ connection: Connection) {
        guard !connection.isRetired else { return }
        forget(connection)
        SocketLibrary.name(connection.wsi, connection.id | Connection.retiredMark)
        SocketLibrary.close(connection.wsi)
    }

    /// Drops what is known of a connection and tells those who had to do with it.
    func forget(_ connection: Connection) {
        guard !connection.isRetired else { return }
        connection.isRetired = true
        connections[connection.id] = nil
        let left = perPeer[connection.peer, default: 1] - 1
        perPeer[connection.peer] = left > 0 ? left : nil
        endExchange(connection)
        if case .webSocket(let link) = connection.mode { closeLink(link) }
        connection.mode = .ending
        bodyBytes -= connection.counted
        connection.counted = 0
    }

    func closeLink(_ link: WebSocketLink) {
        statistics.webSocketsOpen -= 1
        link.session.closed()
    }

    /// Forgets the request in flight and tells its task or stream.
    func endExchange(_ connection: Connection) {
        guard let exchange = connection.exchange else { return }
        connection.exchange = nil
        exchange.task?.cancel()
        exchange.stream?.closed()
    }

    /// Ends a connection once what waits is sent. A peer that may still be sending is given time to read it first.
    func finish(_ connection: Connection, lingering: Bool) {
        connection.closesWhenSent = true
        connection.lingers = lingering
        // From here on the limit for stalled output holds.
        connection.deadline = nil
    }

    /// No more connections; those that do nothing end now, the others after what they are at.
    func stop() {
        guard stopDeadline == nil else { return }
        stopDeadline = elapsed + configuration.stopTimeout
        if let listening { SocketLibrary.close(listening) }
        listening = nil
        for connection in connections.values {
            switch connection.mode {
            case .webSocket: closeWebSocket(connection, 1001, "The server stops.")
            case .http where connection.isWaiting: retire(connection)
            case .http where connection.exchange == nil && connection.parser.phase == .body: break
            case .http: finishExchange(connection)
            case .ending: break
            }
        }
    }

    private func finishExchange(_ connection: Connection) {
        connection.exchange?.asked.keepsAlive = false
        guard let stream = connection.exchange?.stream else {
            if connection.exchange == nil { finish(connection, lingering: false) }
            return pump(connection)
        }
        connection.exchange?.stream = nil
        stream.closed()
        endStream(connection)
        finish(connection, lingering: false)
        pump(connection)
    }
}
