import Synchronization

/// The one door through which every log line, trace and audit text passes: it takes secrets out.
///
/// Values that were registered are found wherever they stand, also percent-encoded, in base64 and JSON-escaped. Without
/// registration it finds what looks like a secret: see `PatternScanner`. The work grows with the length of the text
/// alone, whatever the text says.
public final class Redactor: Sendable {
    /// What stands in a secret's place.
    public static let marker = "[redacted]"
    /// Registered values shorter than this would hide ordinary words, and are not looked for.
    public static let shortestSecret = 6

    private struct Registered {
        var needles: Set<[UInt8]> = []
        var matcher = SecretMatcher(needles: [])
    }

    private let registered = Mutex(Registered())

    /// A redactor that knows no secret values yet.
    public init() {}

    /// Looks for a secret value from now on; says whether it is long enough to be looked for.
    ///
    /// Blanks around it do not count. Of a value of several lines, each line is a secret of its own.
    @discardableResult
    public func register(_ secret: String) -> Bool {
        let lines = secret.split(whereSeparator: \.isNewline).map { SecretForms.trimmed(Array($0.utf8)) }
        let secrets = lines.filter { String(decoding: $0, as: UTF8.self).count >= Redactor.shortestSecret }
        guard !secrets.isEmpty else { return false }
        let forms = secrets.flatMap(SecretForms.needles(for:))
        registered.withLock { state in
            let known = state.needles.count
            state.needles.formUnion(forms)
            guard state.needles.count > known else { return }
            state.matcher = SecretMatcher(needles: state.needles.sorted { $0.lexicographicallyPrecedes($1) })
        }
        return true
    }

    /// The text with every secret replaced by `[redacted]`; the text itself where there is none.
    public func redact(_ text: String) -> String {
        counted(text).text
    }

    /// The redacted text, and how many steps it took: what the work is bounded by, for tests.
    func counted(_ text: String) -> (text: String, steps: Int) {
        let matcher = registered.withLock { $0.matcher }
        let source = Array(text.utf8)
        var finder = SecretFinder(matcher: matcher)
        finder.search(source)
        guard !finder.found.isEmpty else { return (text, finder.steps) }
        let clean = RedactedRange.replacing(finder.found, in: source)
        return (String(decoding: clean, as: UTF8.self), finder.steps)
    }

    /// Whether a value belonging to this name is a secret whatever it looks like: `api_key`, `X-Auth-Token`.
    public static func isSecretName(_ name: String) -> Bool {
        SecretNames.kind(of: Array(name.utf8)[...]) != nil
    }
}
