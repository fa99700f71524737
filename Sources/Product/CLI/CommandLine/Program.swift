import Configuration

/// A tree of commands made into a program: parses, shows help, runs, and turns errors into messages and exit codes.
struct Program: Sendable {
    /// The program itself; its parameters are understood by every command.
    let root: Command
    /// What `--version` shows.
    let version: String
    /// The wish to end, handed to commands.
    var interruption = Interruption()

    /// Options that every command understands.
    enum Shared {
        static let home = Argument.option(
            "home", .path, variable: "BELLWETHER_HOME", "Folder that holds the desk's state, else ~/.bellwether")
        static let config = Argument.option(
            "config", .path, variable: "BELLWETHER_CONFIG",
            "Configuration file, else bellwether.yaml in the home folder or here")
        static let json = Argument.flag("json", "Write JSON for programs: results, and errors on standard error")
        static let color = Argument.option(
            "color", .oneOf(TerminalProfile.ColorChoice.self, "WHEN"), default: .auto, "Colours and styles")

        static let parameters = [home.parameter, config.parameter, json.parameter, color.parameter]
    }

    /// Runs what a command line asks for; `tokens` are the words after the program's name.
    ///
    /// `console` makes the place to speak once it is known whether JSON and colour are wanted.
    func run(
        _ tokens: [String], environment: [String: String],
        console: (_ isJSON: Bool, _ color: TerminalProfile.ColorChoice) -> Console
    ) async -> ExitCode {
        let wantsJSON = tokens.prefix { $0 != "--" }.contains("--json")
        do {
            switch try ArgumentParser.parse(tokens, root: root, environment: environment) {
            case .version:
                try console(false, .auto).print("\(root.name) \(version)")
            case .help(let path):
                let console = console(false, .auto)
                try console.print(HelpPage.lines(path, width: console.profile.width, style: console.style))
            case .run(let command, let arguments):
                let console = console(try arguments[Shared.json], try arguments[Shared.color])
                return await perform(command, arguments, console, environment)
            }
            return .done
        } catch {
            return Program.report(error, on: console(wantsJSON, .auto))
        }
    }

    private func perform(
        _ command: Command, _ arguments: ParsedArguments, _ console: Console, _ environment: [String: String]
    ) async -> ExitCode {
        let invocation = Invocation(
            arguments: arguments, console: console, environment: environment, interruption: interruption, root: root)
        do {
            return try await command.action?(invocation) ?? .done
        } catch let error as UsageError where error.command.isEmpty {
            return Program.report(UsageError(error.message, command: arguments.commandPath), on: console)
        } catch {
            return Program.report(error, on: console)
        }
    }

    /// Tells of an error and says how the program ends.
    private static func report(_ error: any Error, on console: Console) -> ExitCode {
        switch error {
        case let error as OutputClosed:
            guard let failure = error.failure else { return .done }
            console.fail("the output cannot be written: \(failure)", code: "output")
            return .failed
        case let error as UsageError:
            console.fail(console.isJSON ? error.message : error.description, code: "usage")
            return .wrongUse
        case let error as ConfigurationError:
            console.fail(configurationMessage(error), code: "configuration")
            return .failed
        case let error as CommandFailure:
            console.fail(error.message, code: error.code)
            return .failed
        default:
            console.fail(String(describing: error).escapingControls, code: "failed")
            return .failed
        }
    }

    private static func configurationMessage(_ error: ConfigurationError) -> String {
        let count = error.problems.count
        let title = "the configuration has \(count == 1 ? "a problem" : "\(count) problems")"
        return ([title] + error.problems.map { "  \($0)" }).joined(separator: "\n")
    }
}
