/// A way of showing text on a terminal (ECMA-48 SGR).
enum Style: Int, Sendable, Hashable {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36
}

/// Applies styles, or does nothing where they would only be noise.
struct Styler: Sendable, Hashable {
    /// Whether styles show.
    let isEnabled: Bool

    /// Leaves text as it is.
    static let plain = Styler(isEnabled: false)

    /// Text in styles; the text must be printable, see `String.escapingControls`.
    func callAsFunction(_ text: String, _ styles: Style...) -> String {
        guard isEnabled, !styles.isEmpty, !text.isEmpty else { return text }
        return "\u{1B}[\(styles.map { String($0.rawValue) }.joined(separator: ";"))m\(text)\u{1B}[0m"
    }
}
