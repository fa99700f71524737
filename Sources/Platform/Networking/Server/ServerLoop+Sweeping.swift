/// What is looked at a few times a second.
extension ServerLoop {
    /// Ends what is over time and those who are gone.
    func sweep() {
        for connection in Array(connections.values) where !connection.isRetired {
            if let deadline = connection.deadline, elapsed >= deadline {
                late(connection)
            } else if isStalled(connection) || isGone(connection) {
                retire(connection)
            } else if case .webSocket(let link) = connection.mode {
                checkWebSocket(link, connection)
            }
        }
    }

    private func late(_ connection: Connection) {
        connection.deadline = nil
        switch connection.limit {
        case .idle, .end: retire(connection)
        case .firstByte:
            count(.tooSlow)
            retire(connection)
        case .head:
            refuse(HTTPRefusal(.tooSlow, 408, "The headers of the request took too long."), connection)
            pump(connection)
        case .body:
            refuse(HTTPRefusal(.tooSlow, 408, "The body of the request took too long."), connection)
            pump(connection)
        }
    }

    /// Whether the peer takes nothing of what waits for it.
    private func isStalled(_ connection: Connection) -> Bool {
        let isWaiting = !connection.outgoing.isEmpty || SocketLibrary.isHolding(connection.wsi)
        guard isWaiting else {
            connection.lastProgress = elapsed
            return false
        }
        return elapsed - connection.lastProgress >= configuration.stallTimeout
    }

    /// Whether the peer hung up. Connections being read tell by themselves.
    private func isGone(_ connection: Connection) -> Bool {
        guard !connection.isReading || SocketLibrary.isHolding(connection.wsi) else { return false }
        return SocketLibrary.isPeerGone(connection.wsi)
    }
}
