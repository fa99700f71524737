/// Puts a chunked body together (RFC 9112, 7.1). Extensions are skipped, trailers dropped.
struct ChunkedBody: Sendable {
    private enum State {
        case size
        case data(left: Int)
        case dataEnd
        case trailers
    }

    private static let lineLimit = 1024

    private var state = State.size
    private var line: [UInt8] = []
    private var trailerBytes = 0
    private let limit: Int
    private(set) var bytes: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes what it can of `input`, moves `position` past it, and says whether the body is complete.
    mutating func take(_ input: UnsafeRawBufferPointer, from position: inout Int) throws(HTTPRefusal) -> Bool {
        while position < input.count {
            switch state {
            case .data(let left):
                let part = min(left, input.count - position)
                bytes.append(contentsOf: input[position..<(position + part)])
                position += part
                state = part == left ? .dataEnd : .data(left: left - part)
            case .size, .dataEnd, .trailers:
                guard try takeLine(input, &position) else { return false }
                defer { line.removeAll(keepingCapacity: true) }
                if try lineEnded() { return true }
            }
        }
        return false
    }

    /// Collects a line up to its CR LF; false where it has not all come yet.
    private mutating func takeLine(_ input: UnsafeRawBufferPointer, _ position: inout Int) throws(HTTPRefusal) -> Bool {
        while position < input.count {
            let byte = input[position]
            position += 1
            if byte == 0x0A {
                guard line.popLast() == 0x0D else { throw .malformed("A line of the chunked body ends without CR.") }
                return true
            }
            if case .dataEnd = state, byte != 0x0D {
                throw .malformed("A chunk is longer than it said.")
            }
            guard line.last != 0x0D, byte == 0x0D || ASCII.isFieldValue(byte), line.count < ChunkedBody.lineLimit else {
                throw .malformed("A line of the chunked body cannot be read.")
            }
            line.append(byte)
        }
        return false
    }

    private mutating func lineEnded() throws(HTTPRefusal) -> Bool {
        switch state {
        case .size:
            let size = try chunkSize()
            guard bytes.count + size <= limit else { throw .bodyTooLarge(limit) }
            state = size == 0 ? .trailers : .data(left: size)
        case .dataEnd: state = .size
        case .trailers:
            if line.isEmpty { return true }
            trailerBytes += line.count
            guard trailerBytes <= 8 * ChunkedBody.lineLimit else {
                throw HTTPRefusal(.headersTooLarge, 431, "The trailers of the body are too large.")
            }
        case .data: break
        }
        return false
    }

    private func chunkSize() throws(HTTPRefusal) -> Int {
        let digits = line.prefix { ASCII.hexValue($0) != nil }
        let rest = line[digits.count...]
        guard !digits.isEmpty, rest.isEmpty || rest.first == UInt8(ascii: ";") else {
            throw .malformed("The size of a chunk cannot be read.")
        }
        guard digits.count <= 12 else { throw .bodyTooLarge(limit) }
        return digits.reduce(0) { $0 << 4 | Int(ASCII.hexValue($1) ?? 0) }
    }
}

extension HTTPRefusal {
    static func bodyTooLarge(_ limit: Int) -> HTTPRefusal {
        HTTPRefusal(.bodyTooLarge, 413, "The body is larger than the \(limit) bytes that the server takes.")
    }
}
