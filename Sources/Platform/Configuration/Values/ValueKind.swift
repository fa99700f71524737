/// Why a text is no value of a kind: reads on after the name of what was to be set.
public struct ValueProblem: Error, Sendable, Hashable {
    /// `'abc' is no number; allowed: more than 0`.
    public let message: String

    /// A problem in words.
    public init(_ message: String) {
        self.message = message
    }

    /// The text that was refused, why, and what is allowed.
    public init(_ text: String, _ verdict: String, allowed: String) {
        message = "'\(text.prefix(80).description.escapingControls)' \(verdict); allowed: \(allowed)"
    }
}

/// A kind of value that people write: how it is read, checked, described and written.
///
/// The command line and the configuration share these, so that both take the same forms and say the same when wrong.
public struct ValueKind<Value: Sendable>: Sendable {
    /// What usage shows in its place: `N`, `DATE`.
    public let valueName: String
    /// The words that are allowed, where they can be listed.
    public let words: [String]
    /// Whether it names a file or a folder, for completion.
    public let namesFile: Bool
    /// Reads the text a person wrote.
    public let read: @Sendable (String) throws(ValueProblem) -> Value
    /// Reads the items of a list; nil for kinds that are single values.
    public let readItems: (@Sendable ([String]) throws(ValueProblem) -> Value)?
    /// Writes the items of a list, each as its own text; nil for kinds that are single values.
    public let writeItems: (@Sendable (Value) -> [String])?
    /// Writes the value as text that `read` takes.
    public let write: @Sendable (Value) -> String

    /// A kind from how it is read and written.
    public init(
        _ valueName: String, words: [String] = [], namesFile: Bool = false,
        write: @escaping @Sendable (Value) -> String,
        readItems: (@Sendable ([String]) throws(ValueProblem) -> Value)? = nil,
        writeItems: (@Sendable (Value) -> [String])? = nil,
        read: @escaping @Sendable (String) throws(ValueProblem) -> Value
    ) {
        self.valueName = valueName
        self.words = words
        self.namesFile = namesFile
        self.write = write
        self.readItems = readItems
        self.writeItems = writeItems
        self.read = read
    }
}

extension ValueKind where Value == String {
    /// Any text that is not empty.
    public static var text: ValueKind { text("TEXT") }

    /// Any text that is not empty, shown under a name of its own.
    public static func text(_ valueName: String) -> ValueKind {
        ValueKind(valueName, write: { $0 }) { text throws(ValueProblem) in
            guard !text.isEmpty else { throw ValueProblem("the text is empty; allowed: at least one character") }
            return text
        }
    }

    /// A file's or folder's path.
    public static var path: ValueKind {
        ValueKind("PATH", namesFile: true, write: { $0 }) { text throws(ValueProblem) in
            guard !text.isEmpty else { throw ValueProblem("the path is empty; allowed: a file or folder") }
            guard !text.utf8.contains(0) else { throw ValueProblem(text, "is no path", allowed: "a file or folder") }
            return text
        }
    }
}

extension ValueKind where Value == Bool {
    /// `true` or `false`.
    public static var bool: ValueKind {
        ValueKind("BOOL", words: ["true", "false"], write: { $0 ? "true" : "false" }) { text throws(ValueProblem) in
            guard case .bool(let value) = ScalarValue(plain: text) else {
                throw ValueProblem(text, "is neither true nor false", allowed: "true, false")
            }
            return value
        }
    }
}

extension ValueKind where Value == Int {
    /// A whole number inside a range; digits may be grouped as in `1_000_000`.
    public static func integer(_ range: ClosedRange<Int> = Int.min...Int.max) -> ValueKind {
        let allowed = integersAllowed(range)
        return ValueKind("N", write: { String($0) }) { text throws(ValueProblem) in
            guard case .integer(let value) = ScalarValue(plain: text.withoutGroups) else {
                throw ValueProblem(text, "is no whole number", allowed: allowed)
            }
            guard range.contains(value) else { throw ValueProblem(text, "is out of range", allowed: allowed) }
            return value
        }
    }

    private static func integersAllowed(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (Int.min, Int.max): "a whole number"
        case (let low, Int.max): "a whole number, \(low) or more"
        case (Int.min, let high): "a whole number up to \(high)"
        case (let low, let high): "a whole number from \(low) to \(high)"
        }
    }
}

extension ValueKind where Value == Double {
    /// A finite number inside bounds; digits may be grouped as in `1_000_000`.
    public static func number(_ bounds: Bounds = .any, _ valueName: String = "N") -> ValueKind {
        let allowed = ["a number", bounds.phrase].compactMap { $0 }.joined(separator: ", ")
        return ValueKind(valueName, write: \.shortText) { text throws(ValueProblem) in
            let value: Double
            switch ScalarValue(plain: text.withoutGroups) {
            case .integer(let whole): value = Double(whole)
            case .number(let number): value = number
            default: throw ValueProblem(text, "is no number", allowed: allowed)
            }
            guard bounds.contains(value) else { throw ValueProblem(text, "is out of range", allowed: allowed) }
            return value
        }
    }

    /// A share of a whole, 0.1 for ten percent.
    public static func fraction(_ bounds: Bounds = .share) -> ValueKind {
        let plain = number(bounds)
        return ValueKind("SHARE", write: \.shortText) { text throws(ValueProblem) in
            do throws(ValueProblem) { return try plain.read(text) } catch {
                throw ValueProblem(error.message + " (0.1 is 10 %)")
            }
        }
    }
}

extension ValueKind where Value == Duration {
    /// A span of time such as `5m` or `1h30m`, inside a range; a bare number counts in `unit`, if one is named.
    public static func duration(_ range: ClosedRange<Duration>? = nil, unit: String? = nil) -> ValueKind {
        let allowed = spansAllowed(range, unit)
        return ValueKind("SPAN", write: \.text) { text throws(ValueProblem) in
            let isBare = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
            guard let value = Duration(text: isBare ? text + (unit ?? "") : text) else {
                let verdict = isBare && !text.isEmpty ? "has no unit" : "is no span of time"
                throw ValueProblem(text, verdict, allowed: allowed)
            }
            guard range?.contains(value) != false else {
                throw ValueProblem(text, "is out of range", allowed: allowed)
            }
            return value
        }
    }

    private static func spansAllowed(_ range: ClosedRange<Duration>?, _ unit: String?) -> String {
        let limits = range.map { ", from \($0.lowerBound.text) to \($0.upperBound.text)" } ?? ""
        let bare = unit.map { ", or a number of \(unitName($0))" } ?? ""
        return "a span of time such as 5m or 250ms" + bare + limits
    }

    private static func unitName(_ unit: String) -> String {
        switch unit {
        case "ms": "milliseconds"
        case "s": "seconds"
        case "m": "minutes"
        default: unit
        }
    }
}

extension ValueKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One word out of those of an enumeration.
    public static func oneOf(_ type: Value.Type, _ valueName: String = "WORD") -> ValueKind {
        let words = Value.allCases.map(\.rawValue)
        return ValueKind(valueName, words: words, write: { $0.rawValue }) { text throws(ValueProblem) in
            guard let choice = Value(rawValue: text) ?? Value(rawValue: text.lowercased()) else {
                throw notAmong(words, text)
            }
            return choice
        }
    }
}

extension ValueKind {
    /// Several values: `a,b,c` as text, or a list in a file.
    public static func list<Element: Sendable>(
        of element: ValueKind<Element>, atMost limit: Int = 10_000
    ) -> ValueKind<[Element]> where Value == [Element] {
        let readItems: @Sendable ([String]) throws(ValueProblem) -> [Element] = { items throws(ValueProblem) in
            guard items.count <= limit else {
                throw ValueProblem("the list has \(items.count) items; allowed: up to \(limit)")
            }
            var values: [Element] = []
            for item in items { values.append(try element.read(item)) }
            return values
        }
        return ValueKind(
            "\(element.valueName),...", words: element.words,
            write: { $0.map(element.write).joined(separator: ",") }, readItems: readItems,
            writeItems: { $0.map(element.write) }
        ) { text throws(ValueProblem) in
            try readItems(text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed })
        }
    }

    /// This kind or nothing, written `null`.
    public var optional: ValueKind<Value?> {
        let kind = self
        return ValueKind<Value?>(
            valueName, words: words, namesFile: namesFile, write: { $0.map(kind.write) ?? "null" }
        ) { text throws(ValueProblem) in
            if text == "null" { return nil }
            return try kind.read(text)
        }
    }

    /// This kind with one more condition; `check` returns what is wrong after the quoted text, or nil.
    public func checked(
        allowed: String, _ check: @escaping @Sendable (Value) -> String?
    ) -> ValueKind<Value> {
        let kind = self
        return ValueKind(
            valueName, words: words, namesFile: namesFile, write: write, readItems: readItems, writeItems: writeItems
        ) {
            text throws(ValueProblem) in
            let value = try kind.read(text)
            guard let verdict = check(value) else { return value }
            throw ValueProblem(text, verdict, allowed: allowed)
        }
    }
}

/// The problem of a word that is not among those allowed, with the nearest of them.
public func notAmong(_ words: [String], _ text: String) -> ValueProblem {
    guard let nearest = Spelling.nearest(to: text, among: words) else {
        return ValueProblem(text, "is not known", allowed: words.joined(separator: ", "))
    }
    return ValueProblem(text, "is not known, did you mean '\(nearest)'?", allowed: words.joined(separator: ", "))
}

extension String {
    /// Without underscores between digits; unchanged where one stands elsewhere.
    var withoutGroups: String {
        guard utf8.contains(UInt8(ascii: "_")) else { return self }
        let parts = split(separator: "_", omittingEmptySubsequences: false)
        let isGrouped = parts.allSatisfy { $0.first?.isNumber == true || $0 == parts.first && !$0.isEmpty }
        return isGrouped ? parts.joined() : self
    }

    var trimmed: String {
        var view = Substring(self)
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        return String(view)
    }
}
