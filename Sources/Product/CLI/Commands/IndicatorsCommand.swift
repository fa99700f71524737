import Configuration
import Indicators

/// `bellwether indicators`: the catalog, and its calculations over bars.
enum IndicatorsCommand {
    static let command = Command(
        group: "indicators", "List indicators, and compute them over a file or an imported symbol",
        [list, compute, patterns])

    static let list = Command(
        "list", "List every indicator: parameters with their standard values, outputs, what it is",
        examples: [
            .init("bellwether indicators list", "A table"), .init("bellwether indicators list --json", "For programs"),
        ]
    ) { call in
        let definitions = IndicatorCatalog.standard.definitions
        guard !call.console.isJSON else {
            for definition in definitions { try call.console.print(object(definition)) }
            return .done
        }
        var table = Table([.text("name"), .text("parameters"), .text("outputs"), .text("description")])
        for definition in definitions {
            let parameters = definition.parameters.map { "\($0.name)=\($0.standard)" }.joined(separator: " ")
            table.add([
                "\(definition.name)", "\(parameters)", "\(definition.outputs.joined(separator: " "))",
                "\(definition.summary)",
            ])
        }
        try call.console.print(table.lines(width: call.console.profile.width, style: call.console.style))
        return .done
    }

    private static func object(_ definition: IndicatorDefinition) -> JSONValue {
        [
            "type": "indicator", "name": .text(definition.name), "description": .text(definition.summary),
            "outputs": .list(definition.outputs.map(JSONValue.text)),
            "parameters": .list(definition.parameters.map(object)),
        ]
    }

    private static func object(_ parameter: IndicatorParameter) -> JSONValue {
        [
            "name": .text(parameter.name), "default": value(parameter.standard), "allowed": allowed(parameter.allowed),
        ]
    }

    private static func value(_ value: ParameterValue) -> JSONValue {
        switch value {
        case .number(let number): .number(number)
        case .word(let word): .text(word)
        }
    }

    private static func allowed(_ allowed: IndicatorParameter.Allowed) -> JSONValue {
        switch allowed {
        case .whole(let range):
            ["type": "integer", "least": .integer(range.lowerBound), "most": .integer(range.upperBound)]
        case .real(let range):
            ["type": "number", "least": .number(range.lowerBound), "most": .number(range.upperBound)]
        case .words(let words): ["type": "word", "words": .list(words.map(JSONValue.text))]
        }
    }
}
