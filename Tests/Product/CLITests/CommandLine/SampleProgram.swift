import Configuration
import Determinism

@testable import CLI

/// A small program with every form of argument.
enum SampleProgram {
    enum Mode: String, CaseIterable { case paper, live, backtest, research }

    static let strategy = Argument.positional("strategy", .path, "Strategy document")
    static let symbols = Argument.option("symbols", short: "s", .list(of: .text("SYMBOL")), "Instruments to trade")
    static let from = Argument.option("from", .date, "First day")
    static let until = Argument.option("until", .timestamp, "Last moment")
    static let cash = Argument.option("cash", .number(.above(0)), default: 1_000_000, "Cash at the start")
    static let workers = Argument.option(
        "workers", short: "w", .integer(1...64), default: 2, variable: "WORKERS", "Threads")
    static let bar = Argument.option(
        "bar", .duration(.seconds(1) ... .seconds(86_400)), default: .seconds(60), "Bar length")
    static let mode = Argument.option("mode", short: "m", .oneOf(Mode.self, "MODE"), default: .paper, "How to trade")
    static let parameter = Argument.repeatedOption("set", short: "p", .text("KEY=VALUE"), "A parameter of the strategy")
    static let verbose = Argument.flag("verbose", short: "v", "Say more")
    static let quiet = Argument.flag("quiet", short: "q", "Say less")
    static let files = Argument.repeatedPositional("file", .path, "Files with bars")
    static let account = Argument.requiredOption("account", .text("NAME"), "Whose money")
    static let limit = Argument.optionalPositional("limit", .integer(0...100), "How many")

    static let backtest = Command(
        "backtest", "Test a strategy on stored bars",
        discussion: "Replays history through the engine that trades.\n\n    bars -> strategy -> risk gate -> orders",
        takes: [
            strategy.parameter, symbols.parameter, from.parameter, until.parameter, cash.parameter, workers.parameter,
            bar.parameter, mode.parameter, parameter.parameter, verbose.parameter, quiet.parameter,
        ],
        examples: [.init("bellwether backtest sma.yaml --symbols AAPL,MSFT --from 2012", "Two shares since 2012.")]
    ) { _ in .done }

    static let data = Command(
        group: "data", "Import, list, check and export bars",
        [
            Command(
                "import", "Import bars from files", takes: [files.parameter],
                examples: [.init("bellwether data import AAPL.csv", "Reads a file.")]
            ) { _ in .done },
            Command(
                "list", "List what is stored", takes: [limit.parameter],
                examples: [.init("bellwether data list", "Lists all.")]
            ) { _ in .done },
        ])

    static let root = Command(
        group: "bellwether", "A trading desk", shares: Program.Shared.parameters,
        [
            backtest, data,
            Command(
                "flatten", "Close every position", takes: [account.parameter],
                examples: [.init("bellwether flatten --account main", "Closes all.")]
            ) { invocation in
                throw CommandFailure("no desk runs on \(try invocation.arguments[account])", code: "not_running")
            },
            Command("fail", "Fail in a way of its own", examples: [.init("bellwether fail", "Fails.")]) { _ in
                throw UsageError("give --a or --b")
            },
        ])
}
