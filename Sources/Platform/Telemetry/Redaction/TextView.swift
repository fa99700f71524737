/// A text after decoding, that still knows which bytes of the source each of its bytes came from.
struct TextView {
    private(set) var bytes: [UInt8] = []
    private(set) var starts: [Int] = []
    private(set) var ends: [Int] = []
    /// Where double quotes stand that were quotes before decoding: they end a text within which all the others are.
    private var isHardQuote: [Bool] = []

    /// The text as it is.
    init(_ source: [UInt8]) {
        bytes = source
        starts = Array(source.indices)
        ends = source.indices.map { $0 + 1 }
        isHardQuote = source.map { _ in false }
    }

    private init() {}

    /// The bytes with 0 for quotes that ended a text before decoding: nothing found reaches over them, so that a document
    /// in JSON stays one.
    var sealed: [UInt8] {
        zip(bytes, isHardQuote).map { $1 ? 0 : $0 }
    }

    /// With `%41` read as `A`; anything else stays.
    func percentDecoded() -> TextView {
        var view = TextView()
        var position = 0
        var isEscaped = false
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "%"), let value = hex(position + 1, digits: 2) {
                view.append([UInt8(value)], starts[position], ends[position + 2])
                position += 3
                isEscaped = false
            } else {
                view.keep(position, of: self, isPlain: !isEscaped)
                isEscaped = bytes[position] == UInt8(ascii: "\\") && !isEscaped
                position += 1
            }
        }
        return view
    }

    /// With the escapes of JSON, which are nearly those of C and YAML, read as what they stand for.
    func unescaped() -> TextView {
        var view = TextView()
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count, !isHardQuote[position + 1] else {
                view.keep(position, of: self, isPlain: true)
                position += 1
                continue
            }
            let (meant, length) = escape(at: position)
            view.append(meant, starts[position], ends[position + length - 1])
            position += length
        }
        return view
    }

    private mutating func append(_ meant: [UInt8], _ start: Int, _ end: Int) {
        for byte in meant {
            bytes.append(byte)
            starts.append(start)
            ends.append(end)
            isHardQuote.append(false)
        }
    }

    /// Takes a byte as it is; a quote that no backslash stands before is one of the text as a whole.
    private mutating func keep(_ position: Int, of view: TextView, isPlain: Bool) {
        let byte = view.bytes[position]
        bytes.append(byte)
        starts.append(view.starts[position])
        ends.append(view.ends[position])
        isHardQuote.append(byte == UInt8(ascii: "\"") && (isPlain || view.isHardQuote[position]))
    }

    /// What the escape at `position` means and how many bytes it takes.
    private func escape(at position: Int) -> (meant: [UInt8], length: Int) {
        switch bytes[position + 1] {
        case UInt8(ascii: "n"): return ([10], 2)
        case UInt8(ascii: "r"): return ([13], 2)
        case UInt8(ascii: "t"): return ([9], 2)
        case UInt8(ascii: "b"): return ([8], 2)
        case UInt8(ascii: "f"): return ([12], 2)
        case UInt8(ascii: "u"): return unicodeEscape(at: position)
        case let other: return ([other], 2)
        }
    }

    private func unicodeEscape(at position: Int) -> (meant: [UInt8], length: Int) {
        guard let first = hex(position + 2, digits: 4) else { return ([UInt8(ascii: "u")], 2) }
        if let scalar = Unicode.Scalar(UInt32(first)) { return (Array(String(scalar).utf8), 6) }
        guard position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"),
            bytes[position + 7] == UInt8(ascii: "u"), let second = hex(position + 8, digits: 4),
            (0xD800..<0xDC00).contains(first), (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(UInt32(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)))
        else { return ([UInt8(ascii: "u")], 2) }
        return (Array(String(scalar).utf8), 12)
    }

    private func hex(_ position: Int, digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for index in position..<position + digits {
            guard let digit = HexText.value(of: bytes[index]) else { return nil }
            value = value << 4 | Int(digit)
        }
        return value
    }
}
