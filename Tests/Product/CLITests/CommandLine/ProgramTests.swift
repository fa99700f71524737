import Testing

@testable import CLI

@Suite struct ProgramTests {
    private struct Outcome {
        let code: Int32
        let output: String
        let errors: String
    }

    private func run(_ line: String, closesAfter limit: Int = Int.max) async -> Outcome {
        let output = MemorySink(closesAfter: limit)
        let errors = MemorySink()
        let program = Program(root: SampleProgram.root, version: "1.2.3")
        let tokens = line.split(separator: " ").map(String.init)
        let code = await program.run(tokens, environment: [:]) { isJSON, _ in
            Console(output: output, errors: errors, profile: .pipe, errorProfile: .pipe, isJSON: isJSON)
        }
        return Outcome(code: code.number, output: output.text, errors: errors.text)
    }

    @Test func `shows the version`() async {
        #expect(await run("--version").output == "bellwether 1.2.3\n")
    }

    @Test func `wrong use ends with 2 and speaks on standard error`() async {
        let outcome = await run("bactest")
        #expect(outcome.code == 2)
        #expect(outcome.output == "")
        #expect(
            outcome.errors
                == "bellwether: unknown command 'bactest', did you mean 'backtest'?\nsee 'bellwether --help'\n")
    }

    @Test func `errors are one JSON object where programs read`() async {
        let wrong = await run("backtest --json")
        #expect(
            wrong.errors
                == #"{"code":"usage","message":"argument <strategy> is missing: Strategy document","type":"error"}"#
                + "\n")
        let failed = await run("flatten --account main --json")
        #expect(failed.code == 1)
        #expect(failed.errors == #"{"code":"not_running","message":"no desk runs on main","type":"error"}"# + "\n")
    }

    @Test func `a command's own complaint about its use names its help`() async {
        let outcome = await run("fail")
        #expect(outcome.code == 2)
        #expect(outcome.errors == "bellwether: give --a or --b\nsee 'bellwether fail --help'\n")
    }

    @Test func `ends quietly when nobody reads`() async {
        let outcome = await run("--help", closesAfter: 0)
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
    }

    @Test func `help fits its width and aligns its columns`() {
        for width in [40, 60, 80, 200] {
            for path in [[SampleProgram.root], [SampleProgram.root, SampleProgram.backtest]] {
                let lines = HelpPage.lines(path, width: width)
                #expect(
                    lines.filter { !$0.contains("->") && !$0.contains("bellwether") }.allSatisfy {
                        TextWidth.of($0) <= max(width, 40)
                    })
            }
        }
        let lines = HelpPage.lines([SampleProgram.root, SampleProgram.backtest], width: 100)
        #expect(lines.first == "Test a strategy on stored bars.")
        #expect(lines.contains("Usage: bellwether backtest <strategy> [options]"))
        #expect(lines.contains("  -w, --workers N           Threads (default 2; environment WORKERS)"))
        #expect(lines.contains("      --from DATE           First day"))
        #expect(lines.contains("    bars -> strategy -> risk gate -> orders"))
    }

    @Test(arguments: Completions.Shell.allCases) func `completion names every command and option`(
        shell: Completions.Shell
    ) {
        let script = Completions.script(for: shell, root: SampleProgram.root)
        for word in ["backtest", "import", "symbols", "paper", "research", "account"] { #expect(script.contains(word)) }
    }
}
