import Configuration

/// The settings in force as YAML that can be read again, with the origin of each as a comment; pure.
enum SettingsPage {
    /// The lines for values in their order; sections open where paths part.
    static func lines(_ values: [EffectiveValue], style: Styler = .plain) -> [String] {
        var lines: [Line] = []
        var open: [String] = []
        for value in values {
            let sections = Array(value.path.dropLast())
            let kept = zip(open, sections).prefix { $0 == $1 }.count
            for depth in kept..<max(kept, sections.count) {
                lines.append(Line(text: indent(depth) + sections[depth].asYAML + ":", comment: nil, isSection: true))
            }
            open = sections
            let text = indent(sections.count) + (value.path.last ?? "").asYAML + ": " + value.yaml
            lines.append(Line(text: text, comment: comment(value), isSection: false))
        }
        return render(lines, style)
    }

    private struct Line {
        let text: String
        let comment: String?
        let isSection: Bool
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    private static func comment(_ value: EffectiveValue) -> String {
        [value.origin.description.escapingControls, Settings.idleness(of: value.path)].compactMap { $0 }
            .joined(separator: "; ")
    }

    private static func render(_ lines: [Line], _ style: Styler) -> [String] {
        let longest = lines.filter { $0.comment != nil }.map { TextWidth.of($0.text) }.max() ?? 0
        let column = min(longest, 48)
        return lines.map { line in
            guard let comment = line.comment else { return style(line.text, .bold) }
            let isDefault = comment.hasPrefix("default")
            let shown = "# " + comment
            return TextWidth.padded(line.text, to: column) + "  "
                + (isDefault ? style(shown, .dim) : style(shown, .cyan))
        }
    }
}
