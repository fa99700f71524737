public import TradingModel

/// Every indicator by name: what a command line, a strategy document or an agent chooses from.
public struct IndicatorCatalog: Sendable {
    /// The indicators, in the order in which they are listed.
    public let definitions: [IndicatorDefinition]

    /// Everything this module calculates.
    public static let standard = IndicatorCatalog(definitions: averages + momentum + trend + volatility + volume)

    /// The names, in the order in which they are listed.
    public var names: [String] { definitions.map(\.name) }

    /// The definition of that name; the error names the nearest spelling and all names.
    public func definition(named name: String) throws(IndicatorError) -> IndicatorDefinition {
        if let found = definitions.first(where: { $0.name == name }) { return found }
        throw IndicatorError(
            .unknownIndicator,
            "there is no indicator '\(name)'\(Spelling.hint(name, among: names)); "
                + "there are \(names.joined(separator: ", "))")
    }

    /// An indicator to feed bar by bar.
    public func make(
        name: String, parameters: [String: ParameterValue] = [:]
    ) throws(IndicatorError) -> any BarIndicator {
        try definition(named: name).make(parameters)
    }

    /// The values over a series of bars.
    public func compute(
        name: String, parameters: [String: ParameterValue] = [:], bars: [Bar]
    ) throws(IndicatorError) -> IndicatorTable {
        let definition = try definition(named: name)
        let indicator = try definition.make(parameters)
        return IndicatorTable(
            names: definition.outputs, times: bars.map(\.end), columns: indicator.columns(over: PriceColumns(bars)))
    }
}
