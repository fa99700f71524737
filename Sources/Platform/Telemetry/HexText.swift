/// Hexadecimal digits of either case, read and written.
enum HexText {
    /// What a digit stands for; nil for any other byte.
    static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }

    /// A number as lower-case digits, padded with zeros.
    static func digits(of number: UInt64, count: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }

    /// The number that exactly `count` digits write; nil for anything else.
    static func number(_ text: some Collection<UInt8>, count: Int) -> UInt64? {
        guard text.count == count else { return nil }
        var number: UInt64 = 0
        for byte in text {
            guard let digit = value(of: byte) else { return nil }
            number = number << 4 | UInt64(digit)
        }
        return number
    }
}
