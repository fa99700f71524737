import Configuration
import Determinism
import Indicators
import MarketData
import TradingModel

extension IndicatorsCommand {
    private static let name = Argument.positional(
        "name", .text("NAME"), "The indicator; 'indicators list' has them all")
    private static let words = Argument.repeatedPositional(
        "parameter-or-path", .text("WORD"), "Parameters as key=value, and one file of bars or imported symbol")
    private static let path = Argument.positional("path", .path, "A file of bars, or an imported symbol")

    static let compute = Command(
        "compute", "Compute an indicator over bars, as CSV",
        discussion: """
            Prints a row for each bar: the time at which it began (a date for daily bars, ISO 8601 UTC for shorter ones) \
            and the outputs with all their digits, empty while the indicator warms up. Bad rows of a file are left out \
            with a warning. --from and --to choose the rows printed; bars before them warm the indicator up.
            """,
        takes: [name.parameter, words.parameter] + BarChoice.parameters,
        examples: [
            .init("bellwether indicators compute rsi period=14 AAPL.csv", "Over a file"),
            .init(
                "bellwether indicators compute bbands period=20 deviations=2.5 AAPL --from 2014", "An imported symbol"),
        ]
    ) { call in
        let words = try IndicatorWords(try call.arguments[words])
        let definition: IndicatorDefinition
        let indicator: any BarIndicator
        do throws(IndicatorError) {
            definition = try IndicatorCatalog.standard.definition(named: try indicatorName(call))
            indicator = try definition.make(words.parameters)
        } catch {
            throw UsageError(error.message.escapingControls)
        }
        let choice = try BarChoice(words.path, call)
        let columns = indicator.columns(over: PriceColumns(Array(choice.bars)))
        try ColumnPrinter(names: definition.outputs, columns: columns, choice: choice).print(to: call.console)
        return .done
    }

    static let patterns = Command(
        "patterns", "Find candlestick patterns in bars, as CSV",
        discussion: """
            Prints a row for each bar and a column for each pattern: 1 where it ends there, -1 where it does and is \
            bearish, else 0; empty where too few bars came before.
            """,
        takes: [path.parameter] + BarChoice.parameters,
        examples: [.init("bellwether indicators patterns AAPL --from 2014 --to 2014-12-31", "A year of daily bars")]
    ) { call in
        let choice = try BarChoice(try call.arguments[path], call)
        let table = CandlestickPatterns.table(over: Array(choice.bars))
        try ColumnPrinter(names: table.names, columns: table.columns, choice: choice).print(to: call.console)
        return .done
    }

    /// A name is there, or the parser would have refused the line; what is missing here would be a mistake of ours.
    private static func indicatorName(_ call: Invocation) throws(IndicatorError) -> String {
        (try? call.arguments[name]) ?? ""
    }
}

/// The words after an indicator's name: parameters are those with `=`, the other one is the path.
struct IndicatorWords {
    let path: String
    let parameters: [String: ParameterValue]

    /// A word is a parameter where letters, digits and `_` alone stand before its first `=`.
    init(_ words: [String]) throws(UsageError) {
        var paths: [String] = []
        var parameters: [String: ParameterValue] = [:]
        for word in words {
            guard let (key, value) = IndicatorWords.assignment(word) else {
                paths.append(word)
                continue
            }
            guard parameters.updateValue(ParameterValue(text: value), forKey: key) == nil else {
                throw UsageError("parameter '\(key)' is given twice")
            }
        }
        guard let path = paths.first else {
            throw UsageError("no bars to compute over; name a file or an imported symbol")
        }
        guard paths.count == 1 else {
            throw UsageError("'\(paths[1].escapingControls)' is one path too many; parameters are written key=value")
        }
        self.path = path
        self.parameters = parameters
    }

    private static func assignment(_ word: String) -> (key: String, value: String)? {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        let isName = parts[0].utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95
        }
        return isName ? (parts[0], parts[1]) : nil
    }
}
