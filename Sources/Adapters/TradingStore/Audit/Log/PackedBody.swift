import CZlib

/// How long bodies lie on the disk: deflated by zlib, since node results repeat themselves; hashes are of the body itself.
enum PackedBody {
    /// Bodies below this many bytes are kept as they are.
    private static let threshold = 1024
    /// A body is never larger than this; a stored length beyond it is damage.
    private static let largest = 1 << 30

    /// The bytes to store and the length of the body they unpack to; nil for a body that is stored as it is.
    static func pack(_ body: [UInt8]) -> (bytes: [UInt8], length: Int)? {
        guard body.count >= threshold else { return nil }
        var size = compressBound(UInt(body.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        guard compress2(&packed, &size, body, UInt(body.count), Z_BEST_SPEED) == Z_OK, size < body.count else {
            return nil
        }
        packed.removeLast(packed.count - Int(size))
        return (packed, body.count)
    }

    /// The body; nil where the bytes are not what `pack` made of one of that length.
    static func unpack(_ bytes: [UInt8], length: Int) -> [UInt8]? {
        guard length > 0, length <= largest else { return nil }
        var size = UInt(length)
        var body = [UInt8](repeating: 0, count: length)
        guard uncompress(&body, &size, bytes, UInt(bytes.count)) == Z_OK, size == length else { return nil }
        return body
    }
}
