import Configuration

/// Keys and passwords: from the environment, else from a file that only its owner can read.
struct Secrets: Sendable {
    /// The names that are understood.
    static let names = [
        "ALPACA_API_KEY", "ALPACA_SECRET_KEY", "BINANCE_API_KEY", "BINANCE_SECRET_KEY", "COINBASE_API_KEY",
        "COINBASE_SECRET_KEY", "OPENROUTER_API_KEY",
    ]
    /// The name of the file in the home folder.
    static let fileName = "secrets.yaml"

    /// The name of a webhook's secret: `WEBHOOK_NEWS_SECRET` for the webhook `news`.
    static func name(ofWebhook webhook: String) -> String {
        let letters = webhook.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return "WEBHOOK_\(String(letters))_SECRET"
    }

    private let values: [String: Secret]

    /// Every secret that is set.
    var all: [Secret] { Array(values.values) }

    /// The secret of a name; nil where none is set.
    subscript(name: String) -> Secret? { values[name] }

    /// Reads the file that `BELLWETHER_SECRETS` names, else `secrets.yaml` in the home folder where there is one; the
    /// environment overrides it. A file that others can read is refused, and no message quotes a value.
    static func load(home: HomeFolder, environment: [String: String]) throws -> Secrets {
        var values = try fromFile(environment["BELLWETHER_SECRETS"], home: home)
        for (name, text) in environment where isKnown(name) && !text.isEmpty { values[name] = Secret(text) }
        return Secrets(values: values)
    }

    private static func isKnown(_ name: String) -> Bool {
        names.contains(name) || (name.hasPrefix("WEBHOOK_") && name.hasSuffix("_SECRET") && name.count > 15)
    }

    private static func fromFile(_ named: String?, home: HomeFolder) throws -> [String: Secret] {
        let path = named.flatMap { $0.isEmpty ? nil : $0 } ?? home.path(of: fileName)
        let bytes: [UInt8]
        do throws(FileBytes.Problem) {
            bytes = try FileBytes.read(path, limit: 65_536, isPrivate: true)
        } catch {
            if error == .missing, named == nil { return [:] }
            throw error.asFailure(path)
        }
        return try entries(of: try ConfigurationSources.tree(of: bytes, named: path), path)
    }

    private static func entries(of root: YAMLNode, _ path: String) throws(ConfigurationError) -> [String: Secret] {
        guard let entries = root.entries else {
            throw ConfigurationError([problem(path, root.position, nil, "the file must hold lines NAME: value")])
        }
        var values: [String: Secret] = [:]
        var problems: [ConfigurationProblem] = []
        for entry in entries {
            if !isKnown(entry.key) {
                let hint = Spelling.nearest(to: entry.key, among: names).map { "; did you mean '\($0)'?" }
                let message = "no such secret" + (hint ?? "; allowed: \(names.joined(separator: ", "))")
                problems.append(problem(path, entry.keyPosition, entry.key.escapingControls, message))
            } else if let raw = entry.value.raw, !entry.value.isNull, !raw.isEmpty {
                values[entry.key] = Secret(raw)
            } else {
                problems.append(problem(path, entry.value.position, entry.key, "is no text; allowed: one value"))
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return values
    }

    private static func problem(
        _ path: String, _ position: SourcePosition, _ key: String?, _ message: String
    ) -> ConfigurationProblem {
        ConfigurationProblem(place: "\(path):\(position.line):\(position.column)", path: key, message: message)
    }
}
