import Configuration

/// The help of a command as lines, wrapped to a width; pure.
struct HelpPage {
    private let path: [Command]
    private let width: Int
    private let style: Styler

    private init(_ path: [Command], _ width: Int, _ style: Styler) {
        self.path = path
        self.width = max(40, min(width, 110))
        self.style = style
    }

    /// The lines for the command at the end of a path.
    static func lines(_ path: [Command], width: Int, style: Styler = .plain) -> [String] {
        guard let command = path.last else { return [] }
        return HelpPage(path, width, style).page(command)
    }

    private func page(_ command: Command) -> [String] {
        let sections: [[String]] = [
            TextWidth.wrapped(command.summary + ".", to: width),
            [style("Usage:", .bold) + " " + usage(command)],
            paragraphs(command.discussion),
            commands(command),
            section("Arguments", command.parameters.filter { $0.form == .positional }.map(positionalRow)),
            section("Options", own),
            section("Shared options", shared),
            examples(command),
            closing(command),
        ]
        return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
    }

    private var own: [Row] {
        let rows = (path.last?.parameters ?? []).filter { $0.form != .positional }.map(optionRow)
        return path.count > 1 ? rows : rows + [helpRow, ("    --version", "Show the version")]
    }

    private var shared: [Row] {
        let rows = path.dropLast().flatMap(\.parameters).filter { $0.form != .positional }.map(optionRow)
        return path.count > 1 ? rows + [helpRow] : []
    }

    private func usage(_ command: Command) -> String {
        var parts = [path.map(\.name).joined(separator: " ")]
        if command.action == nil { parts.append("<command>") }
        parts += command.parameters.filter { $0.form == .option && $0.isRequired }
            .map { "--\($0.name) \($0.valueName)" }
        for parameter in command.parameters where parameter.form == .positional {
            let name = "<\(parameter.name)>" + (parameter.isRepeating ? "..." : "")
            parts.append(parameter.isRequired ? name : "[\(name)]")
        }
        return (parts + ["[options]"]).joined(separator: " ")
    }

    /// Wraps running text; lines that start with blanks stay as they are.
    private func paragraphs(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            line.hasPrefix(" ") ? [String(line)] : TextWidth.wrapped(String(line), to: width)
        }
    }

    private func commands(_ command: Command) -> [String] {
        section("Commands", command.subcommands.filter { !$0.isHidden }.map { ($0.name, $0.summary) })
    }

    private func examples(_ command: Command) -> [String] {
        guard !command.examples.isEmpty else { return [] }
        return [style("Examples:", .bold)]
            + command.examples.flatMap { example in
                ["  " + style(example.line, .cyan)]
                    + TextWidth.wrapped(example.about, to: width - 6).map { "      " + style($0, .dim) }
            }
    }

    private func closing(_ command: Command) -> [String] {
        guard command.action == nil else { return [] }
        return ["'\(path.map(\.name).joined(separator: " ")) <command> --help' says more about one of them."]
    }

    // MARK: Rows

    private typealias Row = (name: String, text: String)

    private var helpRow: Row { ("-h, --help", "Show this help") }

    private func positionalRow(_ parameter: Parameter) -> Row {
        ("<\(parameter.name)>", describe(parameter))
    }

    private func optionRow(_ parameter: Parameter) -> Row {
        let short = parameter.short.map { "-\($0), " } ?? "    "
        let value = parameter.form == .option ? " \(parameter.valueName)" : ""
        return ("\(short)--\(parameter.name)\(value)", describe(parameter))
    }

    private func describe(_ parameter: Parameter) -> String {
        var notes: [String] = []
        if !parameter.words.isEmpty { notes.append("one of " + parameter.words.joined(separator: ", ")) }
        if parameter.form == .option, parameter.isRequired { notes.append("required") }
        if parameter.form == .option, parameter.isRepeating { notes.append("may be repeated") }
        if let text = parameter.defaultText { notes.append("default \(text)") }
        if let name = parameter.variable { notes.append("environment \(name)") }
        return notes.isEmpty ? parameter.help : "\(parameter.help) (\(notes.joined(separator: "; ")))"
    }

    /// Two aligned columns; a name too long for its column stands on a line of its own.
    private func section(_ title: String, _ rows: [Row]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let longest = rows.map { TextWidth.of($0.name) }.max() ?? 0
        let column = min(longest, max(12, width * 2 / 5)) + 4
        return [style("\(title):", .bold)] + rows.flatMap { lines($0, column: column) }
    }

    private func lines(_ row: Row, column: Int) -> [String] {
        let texts = TextWidth.wrapped(row.text, to: width - column)
        let blanks = String(repeating: " ", count: column)
        let rest = texts.dropFirst().map { blanks + $0 }
        guard TextWidth.of(row.name) + 4 <= column else {
            return ["  " + row.name, blanks + (texts.first ?? "")] + rest
        }
        return ["  " + TextWidth.padded(row.name, to: column - 2) + (texts.first ?? "")] + rest
    }
}
