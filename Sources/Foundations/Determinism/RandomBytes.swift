/// Bytes that nobody can guess, from the system's generator: for keys, tokens and names, never for simulation.
public enum RandomBytes {
    /// So many bytes.
    public static func make(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// So many bytes as lower-case hexadecimal digits, two for each.
    public static func hexadecimal(_ count: Int) -> String {
        make(count).map { padded(String($0, radix: 16)) }.joined()
    }

    private static func padded(_ digits: String) -> String { digits.count < 2 ? "0\(digits)" : digits }
}
