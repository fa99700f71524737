import WorkflowModel

/// Leaves secrets out of what is kept.
enum Redaction {
    /// Arguments as the record of access has them: nothing under a name that holds secrets.
    static func arguments(_ value: Value) -> Value {
        redacted(value, ["key", "token", "secret", "password"], "(left out)")
    }

    /// An answer as it is kept for repetitions: a secret is shown once, to the first call.
    static func answer(_ value: Value) -> Value {
        redacted(value, ["token", "secret", "password"], "(shown once)")
    }

    /// Replaces texts, numbers and whatever else stands under a name whose last word is one of `names`.
    private static func redacted(_ value: Value, _ names: Set<String>, _ mark: Value) -> Value {
        switch value {
        case .list(let elements): .list(elements.map { redacted($0, names, mark) })
        case .object(let fields):
            .object(
                fields.reduce(into: [:]) { result, field in
                    let isSecret = names.contains(lastWord(field.key)) && field.value != .null
                    result[field.key] = isSecret ? mark : redacted(field.value, names, mark)
                })
        default: value
        }
    }

    /// `key` of `api_key`, `apiKey` and `API-KEY`.
    private static func lastWord(_ name: String) -> String {
        let isUpper = name.uppercased() == name
        var word = ""
        for character in name {
            if character == "_" || character == "-" || character == "." || (character.isUppercase && !isUpper) {
                word = ""
            }
            if character.isLetter { word.append(contentsOf: character.lowercased()) }
        }
        return word
    }
}
