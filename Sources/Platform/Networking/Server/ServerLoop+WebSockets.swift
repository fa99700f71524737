/// How WebSockets open, talk and end.
extension ServerLoop {
    func openWebSocket(_ head: RequestHead, _ request: HTTPRequest, _ connection: Connection) {
        guard stopDeadline == nil else {
            return refuse(HTTPRefusal(.overloaded, 503, "The server is stopping."), connection)
        }
        switch WebSocketHandshake.check(head) {
        case .failure(let refusal): refuse(refusal, connection)
        case .success(let key):
            switch handler.openWebSocket(request) {
            case .refuse(let response): send(response, connection)
            case .accept(let session): accept(session, key, nil, connection)
            case .acceptAs(let subprotocol, let session):
                let isOffered = WebSocketHandshake.offers(head, subprotocol)
                accept(session, key, isOffered ? subprotocol : nil, connection)
            }
        }
    }

    private func accept(
        _ session: any WebSocketSession, _ key: String, _ subprotocol: String?, _ connection: Connection
    ) {
        connection.exchange = nil
        connection.deadline = nil
        connection.outgoing.append(
            ResponseWriter.switching(acceptKey: key, subprotocol: subprotocol, serverName: configuration.serverName))
        let rest = connection.parser.takeRest()
        connection.parser = RequestParser(limits: limits)
        let reader = WebSocketReader(messageLimit: configuration.maxWebSocketMessageBytes)
        connection.mode = .webSocket(WebSocketLink(session: session, reader: reader, lastHeard: elapsed))
        statistics.webSocketsOpen += 1
        statistics.webSocketsOpened += 1
        session.opened { [flag = connection.flag] in flag.raise() }
        if !connection.isReading {
            connection.isReading = true
            SocketLibrary.setReading(connection.wsi, true)
        }
        if !rest.isEmpty { rest.withUnsafeBytes { readFrames($0, connection) } }
    }

    func receivedFrames(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) {
        readFrames(bytes, connection)
        pump(connection)
    }

    private func readFrames(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) {
        guard case .webSocket(var link) = connection.mode else { return }
        // Taken out meanwhile, so that its buffers are not copied.
        connection.mode = .ending
        link.lastHeard = elapsed
        link.isPinged = false
        link.reader.feed(bytes)
        while let event = link.reader.next() { handle(event, &link, connection) }
        connection.mode = .webSocket(link)
    }

    private func handle(_ event: WebSocketReader.Event, _ link: inout WebSocketLink, _ connection: Connection) {
        switch event {
        case .text(let text): if !link.closeSent { link.session.received(text) }
        // Only the last ping is answered where the peer does not read (RFC 6455, 5.5.3).
        case .ping(let payload): link.pong = payload
        case .pong: break
        case .close(let code):
            if !link.closeSent { WebSocketFrame.appendClose(code, "", to: &connection.outgoing) }
            link.closeSent = true
            finish(connection, lingering: false)
        case .failure(let failure):
            if !link.closeSent {
                WebSocketFrame.appendClose(failure.code, failure.reason, to: &connection.outgoing)
            }
            link.closeSent = true
            finish(connection, lingering: true)
        }
    }

    /// Puts the next frame on its way; false where there is none now.
    func makeFrame(_ connection: Connection) -> Bool {
        guard case .webSocket(var link) = connection.mode, !link.closeSent else { return false }
        if let pong = link.pong {
            WebSocketFrame.append(.pong, pong, to: &connection.outgoing)
            link.pong = nil
            connection.mode = .webSocket(link)
            return true
        }
        if let frame = link.session.nextFrame() {
            WebSocketFrame.append(.text, frame, to: &connection.outgoing)
            return true
        }
        guard let closing = link.session.closing else { return false }
        closeWebSocket(connection, closing.code, closing.reason)
        return false
    }

    /// Says goodbye; the peer has two seconds to say it as well.
    func closeWebSocket(_ connection: Connection, _ code: UInt16, _ reason: String) {
        guard case .webSocket(var link) = connection.mode, !link.closeSent else { return }
        WebSocketFrame.appendClose(code, reason, to: &connection.outgoing)
        link.closeSent = true
        connection.mode = .webSocket(link)
        connection.waits(for: .end, since: elapsed, within: .seconds(2))
        pump(connection)
    }

    /// Pings a WebSocket that is silent; ends one that was silent after a ping.
    func checkWebSocket(_ link: WebSocketLink, _ connection: Connection) {
        guard !link.closeSent else { return }
        let silent = elapsed - link.lastHeard
        if silent >= configuration.webSocketPingInterval * 2 { return retire(connection) }
        guard silent >= configuration.webSocketPingInterval, !link.isPinged else { return }
        var link = link
        link.isPinged = true
        connection.mode = .webSocket(link)
        WebSocketFrame.append(.ping, [], to: &connection.outgoing)
        pump(connection)
    }
}
