/// Turns the bytes of a connection into requests, one after the other. A value without input or output of its own.
struct RequestParser: Sendable {
    /// What the parser can say now.
    enum Step {
        /// More bytes are needed.
        case more
        /// The peer waits for `100 Continue` before it sends the body; said once per request.
        case sendContinue
        /// A whole request.
        case request(RequestHead, body: [UInt8])
        /// The request cannot be taken; nothing after it can be read.
        case refused(HTTPRefusal)
    }

    /// What the parser waits for.
    enum Phase: Sendable, Hashable {
        /// The first byte of a request.
        case idle
        /// The rest of a head.
        case head
        /// The rest of a body.
        case body
    }

    private enum State {
        case head
        case length(RequestHead, left: Int, body: [UInt8])
        case chunks(RequestHead, ChunkedBody)
        case failed(HTTPRefusal)
    }

    private let limits: RequestLimits
    private var state = State.head
    private var buffer: [UInt8] = []
    /// Where the unread part of `buffer` starts.
    private var start = 0
    private var scan = HeadScan()
    private var continueSent = false

    init(limits: RequestLimits) {
        self.limits = limits
    }

    /// Bytes received and not yet part of a request given out, the collected body included.
    var held: Int {
        switch state {
        case .head, .failed: buffered
        case .length(_, _, let body): buffered + body.count
        case .chunks(_, let chunks): buffered + chunks.bytes.count
        }
    }

    /// Bytes received and not yet looked at.
    var buffered: Int { buffer.count - start }

    var phase: Phase {
        switch state {
        case .head: buffered == 0 ? .idle : .head
        case .length, .chunks: .body
        case .failed: .idle
        }
    }

    /// Adds bytes as they came.
    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 4096)
            rebase()
        } else if start > 4096 {
            buffer.removeFirst(start)
            rebase()
        }
        buffer.append(contentsOf: bytes)
    }

    private mutating func rebase() {
        scan.move(by: start)
        start = 0
    }

    /// Takes what was received and not looked at, when the connection stops speaking HTTP.
    mutating func takeRest() -> [UInt8] {
        defer { (buffer, start) = ([], 0) }
        return Array(buffer[start...])
    }

    /// What can be said with the bytes so far.
    mutating func next() -> Step {
        do {
            return try step()
        } catch {
            state = .failed(error)
            (buffer, start) = ([], 0)
            return .refused(error)
        }
    }

    private mutating func step() throws(HTTPRefusal) -> Step {
        if case .failed(let refusal) = state { throw refusal }
        if case .head = state {
            guard let head = try nextHead() else { return .more }
            switch head.framing {
            case .none: return .request(head, body: [])
            case .length(let length):
                guard length <= limits.bodyBytes else { throw .bodyTooLarge(limits.bodyBytes) }
                state = .length(head, left: length, body: [])
            case .chunked: state = .chunks(head, ChunkedBody(limit: limits.bodyBytes))
            }
            continueSent = false
            if head.expectsContinue, buffered == 0 { return .sendContinue }
        }
        return try nextBody()
    }

    private mutating func nextHead() throws(HTTPRefusal) -> RequestHead? {
        let length = try scan.end(in: buffer, from: start, limits: limits)
        guard let length else { return nil }
        let begin = scan.begin
        let head: Result<RequestHead, HTTPRefusal> = buffer.withUnsafeBytes { bytes in
            let lines = UnsafeRawBufferPointer(rebasing: bytes[begin..<(length - 2)])
            return Result { () throws(HTTPRefusal) in try RequestHeadParser.parse(lines) }
        }
        start = length
        scan = HeadScan(at: start)
        return try head.get()
    }

    private mutating func nextBody() throws(HTTPRefusal) -> Step {
        switch state {
        case .length(let head, let left, var body):
            state = .head
            let part = min(left, buffered)
            body.append(contentsOf: buffer[start..<(start + part)])
            start += part
            return finish(head, body, part == left ? nil : .length(head, left: left - part, body: body))
        case .chunks(let head, var chunks):
            state = .head
            let done = try takeChunks(&chunks)
            return finish(head, chunks.bytes, done ? nil : .chunks(head, chunks))
        case .head, .failed: return .more
        }
    }

    private mutating func takeChunks(_ chunks: inout ChunkedBody) throws(HTTPRefusal) -> Bool {
        var position = start
        let result: Result<Bool, HTTPRefusal> = buffer.withUnsafeBytes { bytes in
            Result { () throws(HTTPRefusal) in try chunks.take(bytes, from: &position) }
        }
        start = position
        return try result.get()
    }

    /// A whole request, or the state to go on from where bytes are missing.
    private mutating func finish(_ head: RequestHead, _ body: [UInt8], _ unfinished: State?) -> Step {
        guard let unfinished else {
            scan = HeadScan(at: start)
            return .request(head, body: body)
        }
        state = unfinished
        return .more
    }
}
