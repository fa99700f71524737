import Configuration

/// How the record of decisions is signed, and where its signed heads are kept beside the run.
struct AuditSettings: Sendable, Hashable {
    /// The file of the private key; nil for `audit.key` in the home, made where it is absent.
    var key: String?
    /// A folder, best on another disk or machine, that gets every signed head as well; nil for none.
    var anchor: String?

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        key = section.value("key", ValueKind.path.optional, default: key)
        anchor = section.value("anchor", ValueKind.path.optional, default: anchor)
    }
}
