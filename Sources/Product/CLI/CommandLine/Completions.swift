/// Scripts that make a shell complete commands, options and words.
enum Completions {
    /// A shell that can be served.
    enum Shell: String, Sendable, CaseIterable {
        case bash
        case zsh
        case fish
    }

    /// The script for a shell.
    static func script(for shell: Shell, root: Command) -> String {
        switch shell {
        case .bash: bash(root)
        case .zsh: "#compdef \(root.name)\nautoload -U +X bashcompinit && bashcompinit\n" + bash(root)
        case .fish: fish(root)
        }
    }

    private struct Level {
        let path: [Command]
        var words: String { path.dropFirst().map(\.name).joined(separator: " ") }
        var commands: [Command] { (path.last?.subcommands ?? []).filter { !$0.isHidden } }
        var options: [Parameter] { path.flatMap(\.parameters).filter { $0.form != .positional } }
    }

    private static func levels(_ path: [Command]) -> [Level] {
        let below = (path.last?.subcommands ?? []).filter { !$0.isHidden }
        return [Level(path: path)] + below.flatMap { levels(path + [$0]) }
    }

    private static func bash(_ root: Command) -> String {
        let function = "_\(root.name)"
        let cases = levels([root]).map { level in
            let commands = level.commands.map(\.name).joined(separator: " ")
            let options = (level.options.map { "--\($0.name)" } + ["--help"]).joined(separator: " ")
            return "        '\(level.words)') commands='\(commands)' options='\(options)' ;;"
        }
        return """
            \(function)() {
                local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path='' commands='' options='' i
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "$path ${COMP_WORDS[i]}" in
            \(pathPatterns(root).map { "            '\($0)') path=\"$path ${COMP_WORDS[i]}\" ;;" }.joined(separator: "\n"))
                    esac
                done
                case "$before" in
            \(wordCases(root).joined(separator: "\n"))
                esac
                case "${path# }" in
            \(cases.joined(separator: "\n"))
                esac
                if [[ $word == -* ]]; then
                    COMPREPLY=($(compgen -W "$options" -- "$word"))
                else
                    COMPREPLY=($(compgen -W "$commands" -- "$word") $(compgen -f -- "$word"))
                fi
            }
            complete -o filenames -F \(function) \(root.name)

            """
    }

    private static func pathPatterns(_ root: Command) -> [String] {
        levels([root]).dropFirst().map { " " + $0.words }
    }

    /// After an option with known words, only those.
    private static func wordCases(_ root: Command) -> [String] {
        var seen: Set<String> = []
        let options = levels([root]).flatMap(\.options).filter { !$0.words.isEmpty && seen.insert($0.name).inserted }
        return options.map {
            "        --\($0.name)) COMPREPLY=($(compgen -W '\($0.words.joined(separator: " "))' -- \"$word\")); return ;;"
        }
    }

    private static func fish(_ root: Command) -> String {
        var lines = ["complete -c \(root.name) -n __fish_use_subcommand -f"]
        for level in levels([root]) {
            let seen = level.path.dropFirst().map { "__fish_seen_subcommand_from \($0.name)" }
            let condition = seen.isEmpty ? "__fish_use_subcommand" : seen.joined(separator: "; and ")
            let start = "complete -c \(root.name) -n '\(condition)'"
            lines += level.commands.map { "\(start) -f -a \($0.name) -d \(quoted($0.summary))" }
            lines += (level.path.last?.parameters ?? []).filter { $0.form != .positional }.map {
                fish($0, root.name, seen)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func fish(_ parameter: Parameter, _ program: String, _ seen: [String]) -> String {
        var line = "complete -c \(program)"
        if !seen.isEmpty { line += " -n '\(seen.joined(separator: "; and "))'" }
        line += " -l \(parameter.name)"
        if let short = parameter.short { line += " -s \(short)" }
        if parameter.form == .option { line += parameter.namesFile ? " -r" : " -x" }
        if !parameter.words.isEmpty { line += " -a \(quoted(parameter.words.joined(separator: " ")))" }
        return line + " -d \(quoted(parameter.help))"
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
