/// A WebSocket client that can also break the rules.
public final class WebSocketClient {
    /// The connection.
    public let socket: TestClient
    /// What the server answered to the opening.
    public let handshake: Answer

    /// Opens a socket, with header lines that end with CRLF.
    public init(
        port: UInt16, path: String = "/socket", host: String = "test", headers: String = "", receiveBuffer: Int32? = nil
    ) throws {
        socket = try TestClient(port: port, receiveBuffer: receiveBuffer)
        socket.send(
            "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\(headers)\r\n")
        handshake = try socket.readHead()
    }

    /// A frame of the server.
    public struct Frame: Equatable {
        /// What kind of frame it is.
        public let opcode: UInt8
        /// What it carries.
        public let payload: [UInt8]
        /// A frame.
        public init(opcode: UInt8, payload: [UInt8]) {
            self.opcode = opcode
            self.payload = payload
        }

        /// The payload as text.
        public var text: String { String(decoding: payload, as: UTF8.self) }
        /// The code of a close frame; nil for others.
        public var closeCode: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    }

    /// The bytes of a frame, right or wrong.
    public static func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, isMasked: Bool = true)
        -> [UInt8]
    {
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode]
        let mark: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ...125: bytes.append(mark | UInt8(payload.count))
        case ...65535: bytes += [mark | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: bytes += [mark | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        guard isMasked else { return bytes + payload }
        let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    /// Sends a frame.
    public func send(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, isMasked: Bool = true) {
        socket.send(WebSocketClient.frame(opcode, payload, isFinal: isFinal, isMasked: isMasked))
    }

    /// Sends a message of text.
    public func send(_ text: String) { send(1, Array(text.utf8)) }

    /// The next frame.
    public func read() throws -> Frame {
        let head = try socket.read(2)
        let short = Int(head[1] & 0x7F)
        let extra = short == 127 ? 8 : short == 126 ? 2 : 0
        let length = extra == 0 ? short : try socket.read(extra).reduce(0) { $0 << 8 | Int($1) }
        return Frame(opcode: head[0] & 0x0F, payload: try socket.read(length))
    }
}
