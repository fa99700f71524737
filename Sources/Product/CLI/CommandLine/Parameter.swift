import Configuration

/// What a command takes, as parsing, help and completion see it.
struct Parameter: Sendable {
    enum Form: Sendable, Hashable {
        /// `--json`, there or not.
        case flag
        /// `--from DATE`.
        case option
        /// A value by its place.
        case positional
    }

    let form: Form
    /// `from` of `--from`, or the name of a positional.
    let name: String
    /// `f` of `-f`.
    let short: Character?
    /// What stands for the value in usage.
    let valueName: String
    let help: String
    /// The words allowed, where they can be listed.
    let words: [String]
    let namesFile: Bool
    let isRequired: Bool
    let isRepeating: Bool
    /// The default as a person would write it; nil where there is none.
    let defaultText: String?
    /// The environment variable that stands in for the option.
    let variable: String?
    /// Reads one value.
    let read: @Sendable (String) throws(ValueProblem) -> any Sendable

    /// How messages name it: `option '--from'`, `argument FILE`.
    var title: String {
        switch form {
        case .flag: "flag '--\(name)'"
        case .option: "option '--\(name)'"
        case .positional: "argument <\(name)>"
        }
    }
}

/// A parameter together with the type of its value; commands declare these and ask for their values.
struct Argument<Value: Sendable>: Sendable {
    let parameter: Parameter
    /// Puts the values given into one; nil where a required one is missing.
    let assemble: @Sendable ([any Sendable]) -> Value?
}

extension Argument where Value == Bool {
    /// `--name`, there or not.
    static func flag(_ name: String, short: Character? = nil, _ help: String) -> Argument {
        let parameter = Parameter(
            form: .flag, name: name, short: short, valueName: "", help: help, words: [], namesFile: false,
            isRequired: false, isRepeating: true, defaultText: nil, variable: nil, read: { _ in true })
        return Argument(parameter: parameter) { !$0.isEmpty }
    }
}

extension Argument {
    /// `--name VALUE`, with a value to fall back on.
    static func option(
        _ name: String, short: Character? = nil, _ kind: ValueKind<Value>, default fallback: Value,
        variable: String? = nil, _ help: String
    ) -> Argument {
        let parameter = Parameter(
            .option, name, short, kind, help, isRequired: false, fallback: kind.write(fallback), variable: variable)
        return Argument(parameter: parameter) { $0.last as? Value ?? fallback }
    }

    /// `--name VALUE` that may be left out.
    static func option<Wrapped>(
        _ name: String, short: Character? = nil, _ kind: ValueKind<Wrapped>, variable: String? = nil, _ help: String
    ) -> Argument where Value == Wrapped? {
        let parameter = Parameter(.option, name, short, kind, help, isRequired: false, variable: variable)
        return Argument(parameter: parameter) { .some($0.last as? Wrapped) }
    }

    /// `--name VALUE` that must be given.
    static func requiredOption(
        _ name: String, short: Character? = nil, _ kind: ValueKind<Value>, variable: String? = nil, _ help: String
    ) -> Argument {
        let parameter = Parameter(.option, name, short, kind, help, isRequired: true, variable: variable)
        return Argument(parameter: parameter) { $0.last as? Value }
    }

    /// `--name VALUE` any number of times, in the order given.
    static func repeatedOption<Element>(
        _ name: String, short: Character? = nil, _ kind: ValueKind<Element>, _ help: String
    ) -> Argument where Value == [Element] {
        let parameter = Parameter(.option, name, short, kind, help, isRequired: false, isRepeating: true)
        return Argument(parameter: parameter) { $0.compactMap { $0 as? Element } }
    }

    /// A value by its place that must be given.
    static func positional(_ name: String, _ kind: ValueKind<Value>, _ help: String) -> Argument {
        Argument(parameter: Parameter(.positional, name, nil, kind, help, isRequired: true)) { $0.last as? Value }
    }

    /// A value by its place that may be left out.
    static func optionalPositional<Wrapped>(
        _ name: String, _ kind: ValueKind<Wrapped>, _ help: String
    ) -> Argument where Value == Wrapped? {
        Argument(parameter: Parameter(.positional, name, nil, kind, help, isRequired: false)) {
            .some($0.last as? Wrapped)
        }
    }

    /// All remaining values by their place; at least one where required.
    static func repeatedPositional<Element>(
        _ name: String, _ kind: ValueKind<Element>, isRequired: Bool = true, _ help: String
    ) -> Argument where Value == [Element] {
        let parameter = Parameter(.positional, name, nil, kind, help, isRequired: isRequired, isRepeating: true)
        return Argument(parameter: parameter) { $0.compactMap { $0 as? Element } }
    }
}

extension Parameter {
    fileprivate init<Value>(
        _ form: Form, _ name: String, _ short: Character?, _ kind: ValueKind<Value>, _ help: String, isRequired: Bool,
        isRepeating: Bool = false, fallback: String? = nil, variable: String? = nil
    ) {
        self.init(
            form: form, name: name, short: short, valueName: kind.valueName, help: help, words: kind.words,
            namesFile: kind.namesFile, isRequired: isRequired, isRepeating: isRepeating,
            defaultText: fallback.flatMap { $0.isEmpty ? nil : $0 }, variable: variable,
            read: { text throws(ValueProblem) in try kind.read(text) })
    }
}
