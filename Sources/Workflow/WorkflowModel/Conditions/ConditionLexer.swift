internal import Configuration

/// A word of a condition with its column.
struct ConditionToken: Sendable {
    enum Content: Sendable, Hashable {
        case text(String)
        case integer(Int64)
        case number(Double)
        case word(String)
        case symbol(String)
        case end
    }

    let content: Content
    let column: Int

    /// As it is named in messages.
    var name: String {
        switch content {
        case .text(let text): "the text '\(text)'"
        case .integer(let integer): "'\(integer)'"
        case .number(let number): "'\(number)'"
        case .word(let word): "'\(word)'"
        case .symbol(let symbol): "'\(symbol)'"
        case .end: "the end"
        }
    }
}

/// Cuts a condition into words.
struct ConditionLexer {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    private init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The words of a text, the last one `.end`.
    static func tokens(of text: String) throws(ConditionError) -> [ConditionToken] {
        var lexer = ConditionLexer(text)
        try lexer.refuseControls()
        var tokens: [ConditionToken] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.content != .end
        return tokens
    }

    /// Control characters would reach terminals through messages.
    private func refuseControls() throws(ConditionError) {
        for (place, scalar) in scalars.enumerated() where !"\n\r\t".unicodeScalars.contains(scalar) {
            let text = String(scalar)
            guard text.escapingControls != text else { continue }
            throw ConditionError(
                column: place + 1, "the character \(text.escapingControls) must not stand in a condition")
        }
    }

    /// Whether a text can stand as a name without quotes.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, startsName(first) else { return false }
        return text.unicodeScalars.allSatisfy(continuesName)
    }

    private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
    }

    private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        startsName(scalar) || isDigit(scalar) || scalar.properties.numericType == .decimal
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        place + ahead < scalars.count ? scalars[place + ahead] : nil
    }

    private mutating func next() throws(ConditionError) -> ConditionToken {
        while let space = peek(), space.properties.isWhitespace { place += 1 }
        let column = place + 1
        guard let first = peek() else { return ConditionToken(content: .end, column: column) }
        if first == "'" || first == "\"" { return ConditionToken(content: .text(try text()), column: column) }
        if ConditionLexer.isDigit(first) { return ConditionToken(content: try number(), column: column) }
        if ConditionLexer.startsName(first) { return ConditionToken(content: .word(word()), column: column) }
        return ConditionToken(content: .symbol(try symbol(first)), column: column)
    }

    private mutating func word() -> String {
        taken { ConditionLexer.continuesName($0) }
    }

    private mutating func taken(while fits: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = peek(), fits(scalar) {
            text.append(scalar)
            place += 1
        }
        return String(text)
    }

    private mutating func text() throws(ConditionError) -> String {
        let start = place + 1
        let quote = scalars[place]
        place += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek() {
            place += 1
            if scalar == quote { return String(text) }
            text.append(scalar == "\\" ? try escaped() : scalar)
        }
        throw ConditionError(column: start, "the text that begins here has no closing \(quote)")
    }

    private mutating func escaped() throws(ConditionError) -> Unicode.Scalar {
        defer { place += 1 }
        switch peek() {
        case "n": return "\n"
        case "t": return "\t"
        case let same? where "\\'\"".unicodeScalars.contains(same): return same
        default:
            throw ConditionError(
                column: place, "only \\\\, \\', \\\", \\n and \\t may follow a backslash; write \\\\ for a backslash")
        }
    }

    private mutating func number() throws(ConditionError) -> ConditionToken.Content {
        let column = place + 1
        var text = taken(while: ConditionLexer.isDigit)
        var isWhole = true
        if peek() == ".", let after = peek(1), ConditionLexer.isDigit(after) {
            isWhole = false
            place += 1
            text += "." + taken(while: ConditionLexer.isDigit)
        }
        if let power = exponent() {
            isWhole = false
            text += power
        }
        if let after = peek(), ConditionLexer.startsName(after) {
            throw ConditionError(column: place + 1, "a number and a name stand together; put a space between them")
        }
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        if !isWhole, let number = Double(text), number.isFinite { return .number(number) }
        throw ConditionError(column: column, "the number is too large")
    }

    private mutating func exponent() -> String? {
        guard peek() == "e" || peek() == "E" else { return nil }
        let signed = peek(1) == "+" || peek(1) == "-"
        guard let digit = peek(signed ? 2 : 1), ConditionLexer.isDigit(digit) else { return nil }
        let sign = signed ? String(scalars[place + 1]) : ""
        place += signed ? 2 : 1
        return "e" + sign + taken(while: ConditionLexer.isDigit)
    }

    private mutating func symbol(_ first: Unicode.Scalar) throws(ConditionError) -> String {
        let column = place + 1
        let pair = String(first) + (peek(1).map { String($0) } ?? "")
        if ["==", "!=", "<=", ">=", "&&", "||"].contains(pair) {
            place += 2
            return pair
        }
        place += 1
        switch first {
        case "=": throw ConditionError(column: column, "'=' compares nothing; write '=='")
        case "&", "|": throw ConditionError(column: column, "'\(first)' is unknown; write '\(first)\(first)'")
        case _ where "<>!+-*/%()[].,".unicodeScalars.contains(first): return String(first)
        default: throw ConditionError(column: column, "'\(first.escaped(asASCII: false))' has no meaning here")
        }
    }
}
