/// How requests are read and answered.
extension ServerLoop {
    /// Bytes came from the peer.
    func received(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) {
        statistics.bytesReceived += bytes.count
        if !connection.heard {
            connection.heard = true
            SocketLibrary.liftTimeLimit(connection.wsi)
        }
        switch connection.mode {
        case .http:
            guard !connection.closesWhenSent else { return }
            connection.parser.feed(bytes)
            pump(connection)
            pauseIfBusy(connection)
        case .webSocket: receivedFrames(bytes, connection)
        case .ending: break
        }
    }

    /// Stops reading where a peer sends ahead of its answers, so that it waits and not the memory grows.
    private func pauseIfBusy(_ connection: Connection) {
        guard !connection.isRetired, connection.isReading, case .http = connection.mode,
            connection.parser.phase != .body, connection.parser.buffered > ServerLoop.highWater
        else { return }
        connection.isReading = false
        SocketLibrary.setReading(connection.wsi, false)
    }

    private func resumeReading(_ connection: Connection) {
        guard !connection.isReading else { return }
        connection.isReading = true
        SocketLibrary.setReading(connection.wsi, true)
    }

    /// Looks for the next request of a connection that has none in flight; false where there is nothing to do.
    func readRequest(_ connection: Connection) -> Bool {
        switch connection.parser.next() {
        case .more:
            resumeReading(connection)
            noteWaiting(connection)
            return countBody(connection)
        case .sendContinue:
            connection.outgoing.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            noteWaiting(connection)
        case .request(let head, let body): begin(head, body, connection)
        case .refused(let refusal): refuse(refusal, connection)
        }
        return true
    }

    /// Sets the time limit for what the peer is to send next.
    private func noteWaiting(_ connection: Connection) {
        let waiting: (limit: Connection.Limit, within: Duration) =
            switch connection.parser.phase {
            case .idle: (connection.limit == .firstByte ? .firstByte : .idle, configuration.idleTimeout)
            case .head: (.head, configuration.headerTimeout)
            case .body: (.body, configuration.bodyTimeout)
            }
        guard connection.limit != waiting.limit || connection.deadline == nil else { return }
        connection.waits(for: waiting.limit, since: elapsed, within: waiting.within)
    }

    /// Counts what a connection holds of bodies; true where that was too much and it is being refused.
    private func countBody(_ connection: Connection) -> Bool {
        let held = connection.parser.held
        bodyBytes += held - connection.counted
        connection.counted = held
        guard bodyBytes > configuration.maxTotalBodyBytes, connection.parser.phase == .body else { return false }
        refuse(HTTPRefusal(.overloaded, 503, "The server is receiving too much at once."), connection)
        return true
    }

    private func begin(_ head: RequestHead, _ body: [UInt8], _ connection: Connection) {
        connection.deadline = nil
        connection.limit = .idle
        bodyBytes += body.count - connection.counted
        connection.counted = body.count
        statistics.requests += 1
        nextRequest += 1
        let request = HTTPRequest(
            head, body: body,
            from: .init(id: nextRequest, peer: connection.peer, isSecure: configuration.tls != nil))
        let asked = ResponseWriter.Asked(
            isHead: head.method == "HEAD", isVersion10: head.isVersion10,
            keepsAlive: head.keepsAlive && stopDeadline == nil)
        connection.exchange = Exchange(number: nextRequest, asked: asked)
        if head.wantsWebSocket { return openWebSocket(head, request, connection) }
        guard let response = handler.answerAtOnce(request) else { return ask(request, connection, nil) }
        if HTTPCompression.isWorthwhile(response) {
            return compress(response, request, connection)
        }
        send(response, connection)
    }

    private func compress(_ response: HTTPResponse, _ request: HTTPRequest, _ connection: Connection) {
        let accepted = HTTPCompression.accepts(request.headers)
        if accepted, case .bytes(let bytes) = response.body, bytes.count > HTTPCompression.largestAtOnce {
            return ask(request, connection, response)
        }
        send(HTTPCompression.applied(to: response, accepted: accepted), connection)
    }

    /// Has an answer made, or one at hand packed, away from the loop's thread.
    private func ask(_ request: HTTPRequest, _ connection: Connection, _ ready: HTTPResponse?) {
        let (id, number) = (connection.id, nextRequest)
        connection.exchange?.task = Task.detached(executorPreference: AnswerThreads.shared) { [handler, mailbox] in
            let response = if let ready { ready } else { await handler.answer(request) }
            let packed = HTTPCompression.applied(to: response, accepted: HTTPCompression.accepts(request.headers))
            mailbox.post(.answer(connection: id, exchange: number, packed))
        }
    }

    /// An answer that was asked for is there.
    func answer(_ id: UInt64, _ exchange: UInt64, _ response: HTTPResponse) {
        guard let connection = connections[id], connection.exchange?.number == exchange else {
            if case .stream(let stream) = response.body { stream.closed() }
            return
        }
        connection.exchange?.task = nil
        send(response, connection)
        pump(connection)
    }

    /// Puts an answer on its way and ends the exchange, unless a stream goes on with it.
    func send(_ response: HTTPResponse, _ connection: Connection) {
        guard let exchange = connection.exchange else { return }
        guard let written = writer.write(response, asked: exchange.asked) else {
            if case .stream(let stream) = response.body { stream.closed() }
            let refusal = HTTPRefusal(.invalidAnswer, 500, "The answer could not be written.")
            return refuse(refusal, connection)
        }
        connection.outgoing.append(written.bytes)
        connection.outgoing.append(written.body)
        if let stream = written.stream {
            return startStream(stream, written, connection)
        }
        if written.closes { finish(connection, lingering: false) }
        connection.exchange = nil
        if case .stream(let stream) = response.body { stream.closed() }
    }

    private func startStream(
        _ stream: any HTTPBodyStream, _ written: ResponseWriter.Written, _ connection: Connection
    ) {
        connection.exchange?.stream = stream
        connection.exchange?.isChunked = written.isChunked
        connection.exchange?.asked.keepsAlive = !written.closes
        stream.start { [flag = connection.flag] in flag.raise() }
    }

    /// Takes the next part of a streamed body; false where there is none yet.
    func readStream(_ stream: any HTTPBodyStream, _ connection: Connection) -> Bool {
        switch stream.next() {
        case .wait: return false
        case .bytes(let bytes):
            appendPart(bytes, connection)
            return true
        case .end:
            endStream(connection)
            if connection.exchange?.asked.keepsAlive == false {
                finish(connection, lingering: false)
            }
            endExchange(connection)
            return true
        }
    }

    private func appendPart(_ bytes: [UInt8], _ connection: Connection) {
        guard !bytes.isEmpty else { return }
        guard connection.exchange?.isChunked == true else { return connection.outgoing.append(bytes) }
        connection.outgoing.append(Array((String(bytes.count, radix: 16) + "\r\n").utf8))
        connection.outgoing.append(bytes)
        connection.outgoing.append([0x0D, 0x0A])
    }

    func endStream(_ connection: Connection) {
        guard connection.exchange?.isChunked == true else { return }
        connection.outgoing.append(Array("0\r\n\r\n".utf8))
    }

    /// Turns a request down; the connection ends with the answer, since what follows cannot be trusted.
    func refuse(_ refusal: HTTPRefusal, _ connection: Connection) {
        count(refusal.reason)
        endExchange(connection)
        var response = handler.refusal(refusal)
        if refusal.status == 426 {
            response.headers["Upgrade"] = "websocket"
            response.headers["Sec-WebSocket-Version"] = "13"
        }
        let asked = ResponseWriter.Asked(keepsAlive: false)
        if case .bytes = response.body, let written = writer.write(response, asked: asked) {
            connection.outgoing.append(written.bytes)
            connection.outgoing.append(written.body)
        } else if let written = writer.write(.text(refusal.message + "\n", status: refusal.status), asked: asked) {
            connection.outgoing.append(written.bytes)
            connection.outgoing.append(written.body)
        }
        finish(connection, lingering: true)
    }
}
