import Configuration

/// `bellwether config show` and `bellwether config check`.
enum ConfigCommand {
    private static let file = Argument.optionalPositional("file", .path, "File to check, else the one in force")

    static let command = Command(
        group: "config", "Show the settings in force, or check a configuration file",
        discussion: """
            A setting comes from the configuration file, over it the environment, over it options. Every key can be set by a \
            variable: trading.capital by BELLWETHER_TRADING_CAPITAL. The file is the one --config names, else \
            bellwether.yaml in the home folder, else bellwether.yaml here; without one the defaults hold. Keys and \
            passwords stand in the environment or in secrets.yaml in the home folder, of mode 600, never in options.
            """,
        [show, check])

    private static let show = Command(
        "show", "Show every setting in force and what set it",
        examples: [
            .init("bellwether config show", "Shows the settings as YAML, each with its origin as a comment."),
            .init("bellwether config show > bellwether.yaml", "Begins a configuration file of your own."),
            .init("MAX_RETRIES=5 bellwether config show --json", "Shows them for programs, one object a line."),
        ]
    ) { invocation in
        let loaded = try LoadedSettings.load(invocation)
        let console = invocation.console
        guard !console.isJSON else {
            for value in loaded.values { try console.print(object(value)) }
            return .done
        }
        let file = loaded.file.map { $0.escapingControls } ?? "none, the defaults hold"
        try console.print([
            console.style("# home: \(loaded.home.path.escapingControls)", .dim),
            console.style("# configuration file: \(file)", .dim),
        ])
        try console.print(SettingsPage.lines(loaded.values, style: console.style))
        return .done
    }

    private static let check = Command(
        "check", "Check a configuration file and name every problem",
        takes: [file.parameter],
        examples: [.init("bellwether config check bellwether.yaml", "Names each problem with its line and column.")]
    ) { invocation in
        let console = invocation.console
        do {
            let loaded = try load(invocation)
            let name = loaded.file ?? "the defaults"
            guard !console.isJSON else {
                try console.print(["type": "check", "file": .text(name), "problems": 0])
                return .done
            }
            try console.print("\(name.escapingControls): \(console.style("no problems", .green))")
            return .done
        } catch let error as ConfigurationError {
            return try tell(error, console)
        }
    }

    /// A named file is checked by itself; else what is in force, environment included.
    private static func load(_ invocation: Invocation) throws -> LoadedSettings {
        guard let file = try invocation.arguments[file] else { return try LoadedSettings.load(invocation) }
        let option = try invocation.arguments[Program.Shared.home]
        let home = try HomeFolder(option ?? ".", environment: invocation.environment)
        return try LoadedSettings.load(home: home, file: file, environment: [:])
    }

    private static func tell(_ error: ConfigurationError, _ console: Console) throws -> ExitCode {
        for problem in error.problems {
            guard !console.isJSON else {
                try console.print(object(problem))
                continue
            }
            let place = console.style(problem.place.escapingControls, .bold)
            let rest = [problem.path, problem.message].compactMap { $0 }.joined(separator: ": ")
            try console.print("\(place): \(rest)")
        }
        let count = error.problems.count
        console.fail("\(count) \(count == 1 ? "problem" : "problems")", code: "configuration")
        return .failed
    }

    private static func object(_ value: EffectiveValue) -> JSONValue {
        [
            "type": "setting", "path": .text(value.path.joined(separator: ".")), "value": .text(value.yaml),
            "origin": .text(value.origin.description),
        ]
    }

    private static func object(_ problem: ConfigurationProblem) -> JSONValue {
        [
            "type": "problem", "place": .text(problem.place), "path": problem.path.map(JSONValue.text) ?? nil,
            "message": .text(problem.message),
        ]
    }
}
