/// Checked parameters of one indicator: every name has a value that is allowed.
struct ParameterSet {
    private let values: [String: ParameterValue]

    init(_ given: [String: ParameterValue], for definition: IndicatorDefinition) throws(IndicatorError) {
        let names = definition.parameters.map(\.name)
        for name in given.keys.sorted() where !names.contains(name) {
            let known = names.isEmpty ? "it takes none" : "it takes \(names.joined(separator: ", "))"
            throw IndicatorError(
                .unknownParameter,
                "\(definition.name) has no parameter '\(name)'; \(known)\(Spelling.hint(name, among: names))")
        }
        var values: [String: ParameterValue] = [:]
        for parameter in definition.parameters {
            let value = given[parameter.name] ?? parameter.standard
            guard parameter.allowed.contains(value) else {
                throw IndicatorError(
                    .badParameter, "\(definition.name) \(parameter.name)=\(value) is not one of \(parameter.allowed)")
            }
            values[parameter.name] = value
        }
        self.values = values
    }

    func period(_ name: String = "period") throws(IndicatorError) -> Period {
        try Period(Int(number(name)))
    }

    func number(_ name: String) -> Double {
        guard case .number(let number) = values[name] else { return 0 }
        return number
    }

    func choice<Choice: RawRepresentable<String>>(_ name: String, or standard: Choice) -> Choice {
        guard case .word(let word) = values[name] else { return standard }
        return Choice(rawValue: word) ?? standard
    }
}
