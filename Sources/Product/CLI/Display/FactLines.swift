import Configuration

/// Titles with what is known under each, in two columns; what is not known is left out.
enum FactLines {
    typealias Fact = (title: String, text: String?)

    /// A line for each fact; text from data is made harmless.
    static func of(_ facts: [Fact], style: Styler = .plain) -> [String] {
        let known = facts.compactMap { fact in fact.text.map { (fact.title, $0.escapingControls) } }
        let width = known.map { TextWidth.of($0.0) }.max() ?? 0
        return known.map { title, text in "\(style(TextWidth.padded(title, to: width + 2), .dim))\(text)" }
    }
}
