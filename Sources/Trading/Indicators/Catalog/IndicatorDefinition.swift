/// An indicator of the catalog: how it is called, what it takes and what it gives.
public struct IndicatorDefinition: Sendable {
    /// Its name, in lower case.
    public let name: String
    /// What it is, in one line.
    public let summary: String
    /// What it can be told.
    public let parameters: [IndicatorParameter]
    /// The names of what it gives.
    public let outputs: [String]
    private let build: @Sendable (ParameterSet) throws(IndicatorError) -> any BarIndicator

    init(
        _ name: String, _ summary: String, _ parameters: [IndicatorParameter], outputs: [String],
        build: @escaping @Sendable (ParameterSet) throws(IndicatorError) -> any BarIndicator
    ) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.outputs = outputs
        self.build = build
    }

    /// The indicator with the given parameters and the standard ones for the rest.
    public func make(_ parameters: [String: ParameterValue] = [:]) throws(IndicatorError) -> any BarIndicator {
        try build(ParameterSet(parameters, for: self))
    }
}
