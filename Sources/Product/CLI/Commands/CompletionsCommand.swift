import Configuration

/// `bellwether completions`.
enum CompletionsCommand {
    private static let shell = Argument.positional(
        "shell", .oneOf(Completions.Shell.self), "The shell to complete in")

    static let command = Command(
        "completions", "Print a script that completes commands in your shell",
        takes: [shell.parameter],
        examples: [
            .init("source <(bellwether completions bash)", "Completes in this bash, until it ends."),
            .init(
                "bellwether completions fish > ~/.config/fish/completions/bellwether.fish",
                "Completes in every fish from now on."),
        ]
    ) { invocation in
        let script = Completions.script(for: try invocation.arguments[shell], root: invocation.root)
        try invocation.console.output.write(script)
        return .done
    }
}
