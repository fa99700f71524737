/// Lines that may hold the styles `Styler` makes, and nothing else that moves a terminal.
enum StyledLine {
    /// The line cut to a width; styles take none, any other escape or control character becomes `?`.
    static func fitted(_ line: String, to width: Int) -> String {
        var result = ""
        var used = 0
        var isStyled = false
        var rest = Substring(line)
        while let character = rest.first {
            if let style = style(at: rest) {
                result += style
                isStyled = !style.hasSuffix("[0m")
                rest = rest.dropFirst(style.count)
                continue
            }
            rest.removeFirst()
            let shown: Character = isControl(character) ? "?" : character
            let columns = TextWidth.of(shown)
            if used + columns > width { break }
            used += columns
            result.append(shown)
        }
        return isStyled ? result + "\u{1B}[0m" : result
    }

    /// How many columns a line takes, styles left out.
    static func width(_ line: String) -> Int {
        var width = 0
        var rest = Substring(line)
        while let character = rest.first {
            if let style = style(at: rest) {
                rest = rest.dropFirst(style.count)
            } else {
                width += TextWidth.of(character)
                rest.removeFirst()
            }
        }
        return width
    }

    /// `ESC [ digits and semicolons m` at the start of a text.
    private static func style(at text: Substring) -> Substring? {
        guard text.hasPrefix("\u{1B}[") else { return nil }
        let numbers = text.dropFirst(2).prefix { ("0"..."9").contains($0) || $0 == ";" }
        guard numbers.endIndex < text.endIndex, text[numbers.endIndex] == "m" else { return nil }
        return text[...numbers.endIndex]
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
    }
}
