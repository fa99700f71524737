/// Every command of the program.
enum CommandTree {
    /// The version of the product.
    static let version = "0.1.0"

    /// The program with all its commands.
    static let root = Command(
        group: "bellwether", "A self-hosted trading desk: research, backtest, paper and live trading on one machine",
        discussion: """
            State lives in one folder: --home, else BELLWETHER_HOME, else ~/.bellwether. Exit codes: 0 done, 1 failed, \
            2 wrong use.
            """,
        shares: Program.Shared.parameters,
        [
            RunCommand.command, ServeCommand.command, BacktestCommand.command, StatusCommand.command,
            AuditCommand.command, DataCommand.command, IndicatorsCommand.command, CalendarCommand.command,
            ConfigCommand.command,
            WorkflowCommand.command, QueueCommand.command, EventsCommand.command, CompletionsCommand.command,
            KeysCommand.command, LoginCommand.command, ConfirmCommand.confirmations, ConfirmCommand.confirm,
            CallCommand.command, MCPCommand.command,
        ] + AnswerCommands.all + ControlCommands.all)
}
