import Determinism
import Indicators
import TradingModel
import WorkflowModel

/// An indicator as callers write it: `sma:20`, `macd:12:26:9`, `bbands:period=20:deviations=2.5`.
struct IndicatorRequest: Sendable {
    /// As it was written.
    let text: String
    private let outputs: [String]
    private let indicator: any BarIndicator

    /// Reads what was written: a name of the catalog, and parameters by name or in its order; throws with what is wrong.
    init(_ text: String) throws(CommandProblem) {
        self.text = text
        var words = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let name = words.removeFirst()
        do throws(IndicatorError) {
            let definition = try IndicatorCatalog.standard.definition(named: name == "bollinger" ? "bbands" : name)
            indicator = try definition.make(IndicatorRequest.parameters(words, definition))
            // One output goes by a plain name, so that readers need not know the catalog.
            outputs = definition.outputs.count == 1 ? ["value"] : definition.outputs
        } catch {
            throw .invalid([FieldFault("indicators", "'\(text)' cannot be computed: \(error.message)")])
        }
    }

    private static func parameters(
        _ words: [String], _ definition: IndicatorDefinition
    ) throws(IndicatorError) -> [String: ParameterValue] {
        var parameters: [String: ParameterValue] = [:]
        for (place, word) in words.enumerated() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count < 2 else {
                parameters[parts[0]] = ParameterValue(text: parts[1])
                continue
            }
            guard definition.parameters.indices.contains(place) else {
                throw IndicatorError(
                    .unknownParameter, "\(definition.name) takes \(definition.parameters.count) parameters at most")
            }
            parameters[definition.parameters[place].name] = ParameterValue(text: word)
        }
        return parameters
    }

    /// For each bar its time and the outputs, null while warming up.
    func values(over bars: [Bar]) -> Value {
        let columns = indicator.columns(over: PriceColumns(bars))
        return .list(
            bars.indices.map { place in
                let found = zip(outputs, columns).map { ($0, Value($1[place])) }
                return .object(Dictionary(found + [("time", Value(bars[place].end))]) { $1 })
            })
    }
}
