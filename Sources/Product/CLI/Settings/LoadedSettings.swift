import Configuration

/// The settings in force, with what set each.
struct LoadedSettings: Sendable {
    /// Where the desk's state lives.
    let home: HomeFolder
    /// The configuration file that was read; nil where there is none.
    let file: String?
    /// The settings.
    let settings: Settings
    /// Every value in the order of the settings, with its origin.
    let values: [EffectiveValue]

    /// What every key's own environment variable starts with.
    static let environmentPrefix = "BELLWETHER_"
    /// Variables with that prefix that are no settings.
    static let reservedVariables: Set = [
        "BELLWETHER_HOME", "BELLWETHER_CONFIG", "BELLWETHER_SECRETS",
        "BELLWETHER_ASSETS",
    ]
    /// The name of the configuration file in the home folder or the working folder.
    static let fileName = "bellwether.yaml"
}

extension LoadedSettings {
    /// Loads the settings for a command: file, then environment, then `overrides` from its options.
    ///
    /// The file is the one `--config` names, which must exist; else `bellwether.yaml` in the home folder; else the one in
    /// the working folder; else none. Throws `ConfigurationError` with every problem, or `CommandFailure`.
    static func load(
        _ invocation: Invocation, overrides: [ConfigurationSources.Override] = []
    ) throws -> LoadedSettings {
        let home = try HomeFolder(
            try invocation.arguments[Program.Shared.home], environment: invocation.environment)
        let file = try chooseFile(try invocation.arguments[Program.Shared.config], home: home)
        return try load(home: home, file: file, environment: invocation.environment, overrides: overrides)
    }

    /// Loads the settings from a file, which must exist where one is named.
    static func load(
        home: HomeFolder, file: String?, environment: [String: String],
        overrides: [ConfigurationSources.Override] = []
    ) throws -> LoadedSettings {
        var sources = ConfigurationSources(
            environment: environment, overrides: overrides, environmentPrefix: environmentPrefix,
            reservedVariables: reservedVariables)
        if let file { sources.file = (file, try tree(of: file)) }
        let reader = ConfigurationReader(sources)
        let settings = Settings(reader)
        return LoadedSettings(home: home, file: file, settings: settings, values: try reader.finish())
    }

    private static func chooseFile(_ option: String?, home: HomeFolder) throws(CommandFailure) -> String? {
        if let option { return option }
        return [home.path(of: fileName), fileName].first(where: FileBytes.exists)
    }

    private static func tree(of file: String) throws -> YAMLNode {
        try ConfigurationSources.tree(of: try bytes(of: file), named: file)
    }

    private static func bytes(of file: String) throws(CommandFailure) -> [UInt8] {
        do throws(FileBytes.Problem) {
            return try FileBytes.read(file, limit: YAMLLimits().bytes)
        } catch {
            throw error.asFailure(file)
        }
    }
}

extension FileBytes.Problem {
    /// The problem with what to do about it.
    func asFailure(_ path: String) -> CommandFailure {
        let name = path.escapingControls
        switch self {
        case .missing:
            return CommandFailure("there is no file '\(name)'", code: "not_found")
        case .unreadable(let reason):
            return CommandFailure("'\(name)' cannot be read: \(reason)", code: "unreadable")
        case .tooLarge(let limit):
            return CommandFailure("'\(name)' is too large; allowed: up to \(limit) bytes", code: "too_large")
        case .tooOpen(let mode):
            let shown = "0" + String(mode, radix: 8)
            return CommandFailure(
                "'\(name)' holds secrets and others can read it (mode \(shown)); run: chmod 600 '\(name)'",
                code: "too_open")
        }
    }
}
