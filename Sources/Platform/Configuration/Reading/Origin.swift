/// Where a value came from.
public enum Origin: Sendable, Hashable, CustomStringConvertible {
    /// The product's own choice.
    case `default`
    /// A line of the configuration file.
    case file(name: String, line: Int)
    /// An environment variable.
    case environment(String)
    /// An option of the command line, with its dashes.
    case option(String)

    public var description: String {
        switch self {
        case .default: "default"
        case .file(let name, let line): "\(name):\(line)"
        case .environment(let name): "environment \(name)"
        case .option(let name): name
        }
    }
}

/// A value in force, with what set it.
public struct EffectiveValue: Sendable, Hashable {
    /// The sections and the key it stands under.
    public let path: [String]
    /// The value as YAML.
    public let yaml: String
    /// Where it came from.
    public let origin: Origin
}

/// One thing that is wrong with a configuration.
public struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// Where: `bellwether.yaml:12:3`, `environment MAX_RETRIES` or `--cash`.
    public let place: String
    /// The key path, `trading.capital`; nil where the text itself cannot be read.
    public let path: String?
    /// What is wrong and what is allowed.
    public let message: String

    /// A problem at a place.
    public init(place: String, path: String?, message: String) {
        self.place = place
        self.path = path
        self.message = message
    }

    public var description: String {
        [place, path, message].compactMap { $0 }.joined(separator: ": ")
    }
}

/// A configuration that cannot be used, with every problem found.
public struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, in the order of the file; never empty.
    public let problems: [ConfigurationProblem]

    /// An error from its problems.
    public init(_ problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
