public import WorkflowModel

/// Long work that a command starts and others follow: backtests now, training and research later.
public protocol BacktestDesk: Sendable {
    /// Begins a backtest and gives its name; throws where the request makes no sense. A name is begun once.
    func start(_ request: Value, named id: String, by person: String) async throws

    /// The newest first, without what only a report holds.
    func list() async throws -> [Value]

    /// A backtest with its report where it is done; nil where there is none of that name.
    func report(_ id: String) async throws -> Value?

    /// Ends a backtest early; false where there is none, or it has ended.
    func cancel(_ id: String) async throws -> Bool
}
