/// What a configuration is made of: a file, above it the environment, above that options.
public struct ConfigurationSources: Sendable {
    /// The file's tree; nil where there is none.
    public var file: (name: String, root: YAMLNode)?
    /// Environment variables.
    public var environment: [String: String]
    /// Values that options set.
    public var overrides: [Override]
    /// What every key's own environment variable starts with: `BELLWETHER_` makes `trading.capital`
    /// `BELLWETHER_TRADING_CAPITAL`.
    public var environmentPrefix: String
    /// Variables with the prefix that are no settings.
    public var reservedVariables: Set<String>

    /// A value that an option sets.
    public struct Override: Sendable, Hashable {
        /// The key path, `trading.capital`.
        public let path: String
        /// The text given.
        public let text: String
        /// The option, `--cash`.
        public let option: String

        /// A value for a key path.
        public init(path: String, text: String, option: String) {
            self.path = path
            self.text = text
            self.option = option
        }
    }

    /// Sources in rising order of weight; empty variables count as absent.
    public init(
        file: (name: String, root: YAMLNode)? = nil, environment: [String: String] = [:], overrides: [Override] = [],
        environmentPrefix: String = "", reservedVariables: Set<String> = []
    ) {
        self.file = file
        self.environment = environment.filter { !$0.value.isEmpty }
        self.overrides = overrides
        self.environmentPrefix = environmentPrefix
        self.reservedVariables = reservedVariables
    }

    /// Reads a file's bytes as YAML, its problems under the file's name.
    public static func tree(of bytes: some Collection<UInt8>, named name: String) throws(ConfigurationError) -> YAMLNode
    {
        do throws(YAMLError) {
            return try YAMLDocument.parse(bytes)
        } catch {
            throw ConfigurationError(
                error.problems.map {
                    ConfigurationProblem(
                        place: "\(name):\($0.position.line):\($0.position.column)", path: nil, message: $0.message)
                })
        }
    }
}
