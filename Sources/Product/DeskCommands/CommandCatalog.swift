/// Every command of the desk, in the order in which help shows them.
public enum CommandCatalog {
    /// All of them; names, routes and tools are unique.
    public static let commands: [DeskCommand] =
        StatusCommands.all + PortfolioCommands.all + MarketCommands.all + OrderCommands.all + DecisionCommands.all
        + AuditCommands.all + DeskControlCommands.all + LimitCommands.all + WorkflowCommands.all + RunCommands.all
        + TriggerCommands.all + QueueCommands.all + StatisticsCommands.all + BacktestCommands.all + SystemCommands.all
        + AccessCommands.all

    /// The command of a name; nil where there is none.
    public static func command(_ name: String) -> DeskCommand? { byName[name] }

    private static let byName = Dictionary(commands.map { ($0.name, $0) }) { first, _ in first }
}
