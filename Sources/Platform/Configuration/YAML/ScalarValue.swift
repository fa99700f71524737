/// A single value, typed by the core rules of YAML 1.2 (section 10.3.2): `no` and `09:30` are text.
public enum ScalarValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)

    /// The type of unquoted text; whole numbers that do not fit become `number`.
    public init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .bool(true)
        case "false", "False", "FALSE": self = .bool(false)
        default: self = ScalarValue.number(in: text) ?? .text(text)
        }
    }

    private static func number(in text: String) -> ScalarValue? {
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return nil }
        if let value = integer(in: text) { return .integer(value) }
        return special(text) ?? decimal(text)
    }

    private static func integer(in text: String) -> Int? {
        if text.hasPrefix("0x") { return unsigned(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return unsigned(text.dropFirst(2), radix: 8) }
        return Int(text)
    }

    private static func unsigned(_ digits: Substring, radix: Int) -> Int? {
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        return Int(digits, radix: radix)
    }

    private static func special(_ text: String) -> ScalarValue? {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": .number(-.infinity)
        case ".nan", ".NaN", ".NAN": .number(.nan)
        default: nil
        }
    }

    /// `[-+]? (\. [0-9]+ | [0-9]+ (\. [0-9]*)?) ([eE] [-+]? [0-9]+)?`
    private static func decimal(_ text: String) -> ScalarValue? {
        var rest = Substring(text)
        _ = rest.skipSign()
        let whole = rest.skipDigits()
        var decimals = 0
        if rest.first == "." {
            rest.removeFirst()
            decimals = rest.skipDigits()
        }
        guard whole + decimals > 0 else { return nil }
        if rest.first == "e" || rest.first == "E" {
            rest.removeFirst()
            _ = rest.skipSign()
            guard rest.skipDigits() > 0 else { return nil }
        }
        guard rest.isEmpty else { return nil }
        return Double(text.hasSuffix(".") ? text + "0" : text).map(ScalarValue.number)
    }
}

extension Substring {
    fileprivate mutating func skipSign() -> Bool {
        guard first == "-" || first == "+" else { return false }
        removeFirst()
        return true
    }

    /// How many ASCII digits were skipped.
    fileprivate mutating func skipDigits() -> Int {
        let digits = prefix { ("0"..."9").contains($0) && $0.isASCII }
        self = self[digits.endIndex...]
        return digits.utf8.count
    }
}
