/// One connection and what is going on in it. Belongs to the loop actor and is never seen outside of it.
final class Connection {
    /// What a connection is busy with.
    enum Mode {
        /// Requests and answers.
        case http
        /// A WebSocket conversation.
        case webSocket(WebSocketLink)
        /// The last bytes are on their way; what comes in is dropped, so that the peer reads them before it ends.
        case ending
    }

    /// What happens at `deadline`.
    enum Limit: Hashable {
        case firstByte
        case head
        case body
        case idle
        case end
    }

    /// Marks the id of a connection that is over for the loop and not yet for the library.
    static let retiredMark = UInt64(1) << 63

    let id: UInt64
    let wsi: OpaquePointer
    let peer: String
    let flag: WakeFlag
    var mode = Mode.http
    var parser: RequestParser
    var outgoing = Outgoing()
    var exchange: Exchange?
    var limit = Limit.firstByte
    var deadline: Duration?
    /// Since when the peer is to send what `limit` names.
    var waitingSince = Duration.zero
    /// When the peer last took bytes, or none were waiting.
    var lastProgress: Duration
    /// Body bytes counted in the loop's total.
    var counted = 0
    var isReading = true
    var isRetired = false
    var closesWhenSent = false
    /// Whether the peer may still be sending a request that is not read any more.
    var lingers = false
    var heard = false

    init(id: UInt64, wsi: OpaquePointer, peer: String, mailbox: Mailbox, limits: RequestLimits, now: Duration) {
        self.id = id
        self.wsi = wsi
        self.peer = peer
        flag = WakeFlag(mailbox, id)
        parser = RequestParser(limits: limits)
        lastProgress = now
    }

    /// Whether nothing is going on but that a request may come, or slowly comes.
    var isWaiting: Bool {
        guard case .http = mode else { return false }
        return exchange == nil && outgoing.isEmpty && parser.phase != .body && !closesWhenSent
    }

    /// The peer is to do something in time.
    func waits(for limit: Limit, since now: Duration, within allowance: Duration) {
        self.limit = limit
        waitingSince = now
        deadline = now + allowance
    }
}

/// A request that is being answered.
struct Exchange {
    let number: UInt64
    var asked: ResponseWriter.Asked
    var task: Task<Void, Never>?
    var stream: (any HTTPBodyStream)?
    var isChunked = false
}

/// The server's end of a WebSocket.
struct WebSocketLink {
    let session: any WebSocketSession
    var reader: WebSocketReader
    var pong: [UInt8]?
    var lastHeard: Duration
    var isPinged = false
    var closeSent = false
}
