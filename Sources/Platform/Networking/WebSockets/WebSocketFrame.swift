/// Writes the frames of a server, which are not masked.
enum WebSocketFrame {
    enum Opcode: UInt8 {
        case text = 1
        case close = 8
        case ping = 9
        case pong = 10
    }

    static func append(_ opcode: Opcode, _ payload: [UInt8], to output: inout Outgoing) {
        var header: [UInt8] = [0x80 | opcode.rawValue]
        switch payload.count {
        case ...125: header.append(UInt8(payload.count))
        case ...65535: header += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            header.append(127)
            header += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: payload.count >> $0) }
        }
        output.append(header)
        output.append(payload)
    }

    /// A close frame; its reason is cut to what fits, without half characters.
    static func appendClose(_ code: UInt16?, _ reason: String, to output: inout Outgoing) {
        guard let code else { return append(.close, [], to: &output) }
        var text = Substring(reason)
        while text.utf8.count > 123 { text = text.dropLast() }
        append(.close, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(text.utf8), to: &output)
    }
}
