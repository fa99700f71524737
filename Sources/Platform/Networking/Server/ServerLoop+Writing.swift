/// How bytes are made and sent, never more than the peer takes.
extension ServerLoop {
    /// The most writes of one connection before others get their turn.
    private static let writesAtOnce = 8

    /// Does all that can be done for a connection now.
    func pump(_ connection: Connection) {
        while !connection.isRetired {
            if connection.outgoing.count >= ServerLoop.highWater, !flush(connection) { return }
            guard !connection.closesWhenSent, make(connection) else { break }
        }
        guard !connection.isRetired, flush(connection), connection.closesWhenSent else { return }
        allSent(connection)
    }

    /// Makes more output or reads a request; false where neither can be done now.
    private func make(_ connection: Connection) -> Bool {
        switch connection.mode {
        case .ending: return false
        case .webSocket: return makeFrame(connection)
        case .http:
            guard let exchange = connection.exchange else { return readRequest(connection) }
            guard let stream = exchange.stream else { return false }
            return readStream(stream, connection)
        }
    }

    /// Sends what waits; false where the socket takes no more now, or is broken.
    private func flush(_ connection: Connection) -> Bool {
        if connection.outgoing.isEmpty, !connection.closesWhenSent { return true }
        for _ in 0..<ServerLoop.writesAtOnce {
            guard !SocketLibrary.isHolding(connection.wsi) else { break }
            if connection.outgoing.isEmpty {
                connection.lastProgress = elapsed
                return true
            }
            guard write(connection) else { return false }
        }
        SocketLibrary.askForWritable(connection.wsi)
        return false
    }

    private func write(_ connection: Connection) -> Bool {
        let before = connection.outgoing.count
        let isSent = connection.outgoing.write(atMost: SocketLibrary.writeSize) { bytes in
            SocketLibrary.write(connection.wsi, bytes)
        }
        statistics.bytesSent += before - connection.outgoing.count
        if !isSent { retire(connection) }
        return isSent
    }

    /// The last byte is with the system. A peer that may still be sending must not be cut off before it reads it.
    private func allSent(_ connection: Connection) {
        guard connection.lingers else { return retire(connection) }
        switch connection.mode {
        case .ending: return
        case .webSocket(let link): closeLink(link)
        case .http: break
        }
        connection.mode = .ending
        connection.waits(for: .end, since: elapsed, within: .seconds(2))
        if configuration.tls == nil { SocketLibrary.finishWriting(connection.wsi) }
    }
}
