/// How many columns text takes on a terminal.
///
/// Good for Latin, CJK, common emoji and combining marks; not for every script, as terminals themselves differ.
enum TextWidth {
    /// The columns a text takes; it must hold no escapes or control characters.
    static func of(_ text: some StringProtocol) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// The columns a character takes: 0, 1 or 2.
    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return character.unicodeScalars.contains { $0.value == 0xFE0F } ? 2 : 1 }
        if isZero(first) { return 0 }
        let asksForEmoji = character.unicodeScalars.contains { $0.value == 0xFE0F }
        return isWide(first) || asksForEmoji ? 2 : 1
    }

    /// The text cut to a width, with `…` in the last column where something is missing.
    static func truncated(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        guard width > 0 else { return "" }
        var result = ""
        var used = 0
        for character in text {
            let columns = of(character)
            if used + columns > width - 1 { break }
            used += columns
            result.append(character)
        }
        return result + "…"
    }

    /// The text with blanks up to a width, on its left for `.right`.
    static func padded(_ text: String, to width: Int, _ alignment: Alignment = .left) -> String {
        let blanks = String(repeating: " ", count: max(0, width - of(text)))
        return alignment == .left ? text + blanks : blanks + text
    }

    /// The text in lines no wider than a width, broken at blanks, longer words cut.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, of(line) + 1 + of(word) > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
    }

    private static func isZero(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }

    /// East Asian wide and full-width ranges, and emoji shown as pictures (Unicode, EastAsianWidth.txt, merged).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x20000...0x3FFFD:
            true
        default:
            scalar.properties.isEmojiPresentation
        }
    }
}

/// On which side text stands.
enum Alignment: Sendable, Hashable {
    case left
    case right
}
