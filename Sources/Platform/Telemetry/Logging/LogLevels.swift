/// From which level on each component's lines are written: `info,http=debug`.
public struct LogLevels: Sendable, Hashable {
    /// For components that are not named.
    public let standard: LogLevel
    private let named: [String: LogLevel]

    /// One level for all, with exceptions by component.
    public init(_ standard: LogLevel = .info, named: [String: LogLevel] = [:]) {
        self.standard = standard
        self.named = named
    }

    /// Reads what `LOG_LEVEL` holds: levels joined by commas, alone for all components or as `component=level`.
    ///
    /// Without a level that stands alone, it is `info`. Throws where a part is no level, or a component stands twice.
    public init(parsing text: String) throws(TelemetryError) {
        var standard: LogLevel?
        var named: [String: LogLevel] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let level = try LogLevel(parsing: String(sides.last ?? ""))
            if sides.count == 2 {
                let name = String(decoding: SecretForms.trimmed(Array(sides[0].utf8)), as: UTF8.self)
                guard !name.isEmpty, named.updateValue(level, forKey: name) == nil else {
                    throw LogLevels.unclear("the component '\(LogText.escaped(name))' is empty or stands twice", text)
                }
            } else {
                guard standard == nil else { throw LogLevels.unclear("two levels stand for all components", text) }
                standard = level
            }
        }
        self.init(standard ?? .info, named: named)
    }

    /// The level of a component: its own, else that of the nearest name above it (`http` for `http.server`).
    public func level(of component: String) -> LogLevel {
        var name = component[...]
        while true {
            if let level = named[String(name)] { return level }
            guard let dot = name.lastIndex(of: ".") else { return standard }
            name = name[..<dot]
        }
    }

    private static func unclear(_ reason: String, _ text: String) -> TelemetryError {
        TelemetryError(
            .badLevel, "'\(LogText.escaped(text))': \(reason). Write it like 'info,http=debug'.")
    }
}
