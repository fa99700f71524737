/// A headline cut into words; links, cashtags and control characters are gone.
struct HeadlineWords {
    /// One word or mark.
    enum Word {
        /// A word in lower case and its stem.
        case word(String, stem: String)
        /// A percentage with an explicit or implied sign.
        case percent(Double, isSigned: Bool)
        /// A mark at which a clause may end.
        case mark(Character)
        /// A number, a cashtag or a sum of money.
        case other
    }

    /// Only so many characters are read: a headline is short, and the rest is no headline.
    static let longest = 600

    private(set) var words: [Word] = []

    init(_ text: String) {
        var token = ""
        for character in text.lowercased().prefix(HeadlineWords.longest) {
            if character.isWhitespace || character.isNewline {
                take(&token)
            } else if let plain = HeadlineWords.plain(character) {
                token.append(plain)
            }
        }
        take(&token)
    }

    /// Typographic marks as their plain forms; nil for control characters.
    private static func plain(_ character: Character) -> Character? {
        if let ascii = character.asciiValue { return ascii < 32 || ascii == 127 ? nil : ascii == 96 ? "'" : character }
        switch character {
        case "’", "‘", "`": return "'"
        case "“", "”", "\"": return "\""
        case "–", "—", "−": return "-"
        case "…": return "."
        default:
            let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
            return isControl ? nil : character
        }
    }

    private mutating func take(_ token: inout String) {
        defer { token = "" }
        guard !token.isEmpty, !token.hasPrefix("http") else { return }
        var body = Substring(token)
        while let first = body.first, "\"'([{#*~>".contains(first) { body.removeFirst() }
        var marks: [Character] = []
        while let last = body.last, "\"')]}.,;:!?*".contains(last) {
            marks.append(last)
            body.removeLast()
        }
        add(body)
        if let mark = marks.last(where: { ".,;:!?".contains($0) }) { words.append(.mark(mark)) }
    }

    private mutating func add(_ body: Substring) {
        guard let first = body.first else { return }
        if body == "-" || body == "--" { return words.append(.mark("-")) }
        if first == "$" || first == "@" { return words.append(.other) }
        if body.hasSuffix("%") { return addPercent(body.dropLast()) }
        if first.isNumber || ((first == "-" || first == "+") && body.dropFirst().first?.isNumber == true) {
            return words.append(.other)
        }
        var word = String(body)
        if word.hasSuffix("'s") { word.removeLast(2) }
        words.append(.word(word, stem: WordStem.of(word)))
    }

    private mutating func addPercent(_ digits: Substring) {
        let isSigned = digits.first == "+" || digits.first == "-"
        guard let value = Double(digits.filter { $0 != "," }), value.isFinite else { return words.append(.other) }
        words.append(.percent(value, isSigned: isSigned))
    }
}
