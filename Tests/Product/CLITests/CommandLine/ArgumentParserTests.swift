import Configuration
import Determinism
import Testing

@testable import CLI

@Suite struct ArgumentParserTests {
    typealias Sample = SampleProgram

    private func arguments(_ line: String, environment: [String: String] = [:]) throws -> ParsedArguments {
        let tokens = line.split(separator: " ").map(String.init)
        let request = try ArgumentParser.parse(tokens, root: Sample.root, environment: environment)
        guard case .run(_, let arguments) = request else { throw UsageError("no run") }
        return arguments
    }

    @Test(arguments: [
        "backtest a.yaml --cash 5 --symbols AAPL,MSFT -m live",
        "backtest --cash=5 --symbols=AAPL,MSFT --mode=live a.yaml",
        "backtest -sAAPL,MSFT -mlive --cash 5 -- a.yaml",
        "--json backtest -s=AAPL,MSFT -m=live --cash 5 a.yaml --color never",
    ]) func `takes options in every form and order`(line: String) throws {
        let arguments = try arguments(line)
        #expect(try arguments[Sample.strategy] == "a.yaml")
        #expect(try arguments[Sample.cash] == 5)
        #expect(try arguments[Sample.symbols] == ["AAPL", "MSFT"])
        #expect(try arguments[Sample.mode] == .live)
        #expect(arguments.commandPath == ["bellwether", "backtest"])
    }

    @Test func `gives typed values and defaults`() throws {
        let given = try arguments(
            "backtest x --from 2014-01-02 --until 2014-01-02T21:00:00Z --bar 1h30m -p a=1 -p b=-2 -qv")
        #expect(try given[Sample.from] == CivilDate("2014-01-02"))
        #expect(try given[Sample.until] == Timestamp("2014-01-02T21:00:00Z"))
        #expect(try given[Sample.bar] == .seconds(5400))
        #expect(try given[Sample.parameter] == ["a=1", "b=-2"])
        #expect(try given[Sample.verbose] && given[Sample.quiet])
        let bare = try arguments("backtest x")
        #expect(try bare[Sample.from] == nil)
        #expect(try bare[Sample.cash] == 1_000_000)
        #expect(try bare[Sample.parameter] == [])
        #expect(try bare[Sample.verbose] == false)
        #expect(bare.isGiven(Sample.cash) == false)
    }

    @Test func `an option beats its variable, which beats the default`() throws {
        #expect(try arguments("backtest x")[Sample.workers] == 2)
        let fromVariable = try arguments("backtest x", environment: ["WORKERS": "5"])
        #expect(try fromVariable[Sample.workers] == 5)
        #expect(fromVariable.origin(Sample.workers) == .environment("WORKERS"))
        let fromOption = try arguments("backtest x -w 7", environment: ["WORKERS": "5"])
        #expect(try fromOption[Sample.workers] == 7)
        #expect(fromOption.origin(Sample.workers) == .option("--workers"))
        #expect(try arguments("backtest x", environment: ["WORKERS": ""])[Sample.workers] == 2)
    }

    @Test func `takes negative numbers and what follows two dashes as values`() throws {
        #expect(try arguments("backtest -- -x")[Sample.strategy] == "-x")
        #expect(try arguments("backtest -")[Sample.strategy] == "-")
        #expect(try arguments("data import a b c")[Sample.files] == ["a", "b", "c"])
        #expect(try arguments("data list")[Sample.limit] == nil)
        #expect(try arguments("data list 7")[Sample.limit] == 7)
    }

    @Test func `asking for an argument that is not declared throws`() throws {
        let arguments = try arguments("data list")
        #expect(throws: UsageError.self) { try arguments[Sample.cash] }
    }

    @Test(arguments: [
        ("", "bellwether"), ("help", "bellwether"), ("help data import", "bellwether data import"),
        ("data import --help", "bellwether data import"), ("backtest --nonsense -h", "bellwether backtest"),
        ("--json data --help", "bellwether data"), ("-h", "bellwether"),
    ]) func `shows help whatever else is wrong`(line: String, path: String) throws {
        let tokens = line.split(separator: " ").map(String.init)
        guard case .help(let commands) = try ArgumentParser.parse(tokens, root: Sample.root) else {
            Issue.record("no help")
            return
        }
        #expect(commands.map(\.name).joined(separator: " ") == path)
    }

    @Test func `the definitions of the program are sound`() {
        #expect(DefinitionCheck.problems(of: CommandTree.root) == [])
        #expect(DefinitionCheck.problems(of: Sample.root) == [])
    }

    @Test func `finds mistakes in definitions`() {
        let clash = Argument.flag("Home", short: "h", "")
        let optional = Argument.optionalPositional("a", .text, "A")
        let wrongDefault = Argument.option("n", .integer(1...5), default: 9, "N")
        let command = Command(
            "x y", "Does.",
            takes: [
                clash.parameter, clash.parameter, optional.parameter, Sample.files.parameter, wrongDefault.parameter,
            ]
        ) { _ in .done }
        #expect(
            DefinitionCheck.problems(of: command) == [
                "x y: 'x y' is no name of letters, digits and dashes",
                "x y: 'Home' is no name of letters, digits and dashes",
                "x y: 'Home' is no name of letters, digits and dashes",
                "x y: the summary is empty or ends in '.'",
                "x y: flag '--Home' has no help", "x y: flag '--Home' has no help",
                "x y: it has no example",
                "x y: --Home is declared twice", "x y: -h is declared twice", "x y: -h is declared twice",
                "x y: a required value follows an optional one",
                "x y: option '--n' does not take its own default '9'",
            ])
    }
}
