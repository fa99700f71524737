/// Reads the frames of a client into messages (RFC 6455, 5 to 8). A value without input or output of its own.
struct WebSocketReader: Sendable {
    /// What came.
    enum Event: Sendable, Hashable {
        case text(String)
        case ping([UInt8])
        case pong
        /// The peer closes; the code to answer with, nil where it gave none.
        case close(UInt16?)
        /// The peer broke a rule; the connection is to be closed with this.
        case failure(WebSocketFailure)
    }

    private struct Header {
        let isFinal: Bool
        let opcode: UInt8
        let length: Int
        let mask: (UInt8, UInt8, UInt8, UInt8)
    }

    private let limit: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var message: [UInt8] = []
    private var isInMessage = false
    private var isOver = false

    init(messageLimit: Int) {
        limit = messageLimit
    }

    /// Bytes held of unfinished frames and messages.
    var held: Int { buffer.count - start + message.count }

    /// Adds bytes as they came.
    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 1024)
            start = 0
        } else if start > 4096 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next event; nil where more bytes are needed, or after a close or failure.
    mutating func next() -> Event? {
        while !isOver {
            do {
                guard let header = try header() else { return nil }
                let payload = unmasked(header)
                if let event = try frame(header, payload) {
                    if case .close = event { end() }
                    return event
                }
            } catch {
                end()
                return .failure(error)
            }
        }
        return nil
    }

    private mutating func end() {
        (isOver, buffer, message, start) = (true, [], [], 0)
    }

    /// The header at the front, checked and passed over; nil until its whole frame is there.
    private mutating func header() throws(WebSocketFailure) -> Header? {
        guard buffer.count - start >= 2 else { return nil }
        let (first, second) = (buffer[start], buffer[start + 1])
        guard first & 0x70 == 0 else { throw .rule("A frame sets reserved bits.") }
        guard second & 0x80 != 0 else { throw .rule("A client must mask its frames.") }
        let opcode = first & 0x0F
        try check(opcode, isFinal: first & 0x80 != 0, short: second & 0x7F)
        let extra = second & 0x7F == 127 ? 8 : second & 0x7F == 126 ? 2 : 0
        guard buffer.count - start >= 6 + extra else { return nil }
        let length = try length(short: second & 0x7F, extra: extra)
        let total = opcode < 8 ? message.count + length : 0
        guard total <= limit else {
            throw WebSocketFailure(code: 1009, reason: "The message is larger than \(limit) bytes.")
        }
        let place = start + 2 + extra
        guard buffer.count - place - 4 >= length else { return nil }
        start = place + 4
        return Header(
            isFinal: first & 0x80 != 0, opcode: opcode, length: length,
            mask: (buffer[place], buffer[place + 1], buffer[place + 2], buffer[place + 3]))
    }

    private func check(_ opcode: UInt8, isFinal: Bool, short: UInt8) throws(WebSocketFailure) {
        switch opcode {
        case 0: if !isInMessage { throw .rule("A continuation has nothing to continue.") }
        case 1: if isInMessage { throw .rule("A message begins inside another.") }
        case 2: throw WebSocketFailure(code: 1003, reason: "The server takes text only.")
        case 8, 9, 10:
            guard isFinal, short <= 125 else { throw .rule("A control frame is too long or in parts.") }
        default: throw .rule("A frame is of an unknown kind.")
        }
    }

    private func length(short: UInt8, extra: Int) throws(WebSocketFailure) -> Int {
        guard extra > 0 else { return Int(short) }
        let long = (0..<extra).reduce(UInt64(0)) { $0 << 8 | UInt64(buffer[start + 2 + $1]) }
        guard long > (extra == 2 ? 125 : 65535) else { throw .rule("A length is written longer than it needs.") }
        guard long <= UInt64(Int32.max) else {
            throw WebSocketFailure(code: 1009, reason: "The message is larger than \(limit) bytes.")
        }
        return Int(long)
    }

    private mutating func unmasked(_ header: Header) -> [UInt8] {
        let begin = start
        start += header.length
        return [UInt8](unsafeUninitializedCapacity: header.length) { output, count in
            buffer.withUnsafeBufferPointer { input in
                let mask = [header.mask.0, header.mask.1, header.mask.2, header.mask.3]
                for index in 0..<header.length { output[index] = input[begin + index] ^ mask[index & 3] }
            }
            count = header.length
        }
    }

    private mutating func frame(_ header: Header, _ payload: [UInt8]) throws(WebSocketFailure) -> Event? {
        switch header.opcode {
        case 8: return try close(payload)
        case 9: return .ping(payload)
        case 10: return .pong
        default: break
        }
        message.append(contentsOf: payload)
        isInMessage = !header.isFinal
        guard header.isFinal else { return nil }
        let whole = message
        message = []
        guard let text = String(validating: whole, as: UTF8.self) else { throw .notText }
        return .text(text)
    }

    private func close(_ payload: [UInt8]) throws(WebSocketFailure) -> Event {
        guard payload.count != 1 else { throw .rule("A close code is cut off.") }
        guard payload.count >= 2 else { return .close(nil) }
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: throw .rule("A close code is not one of those allowed.")
        }
        guard String(validating: payload[2...], as: UTF8.self) != nil else { throw .notText }
        return .close(code)
    }
}
