import Glibc

/// What the place that output goes to can show.
struct TerminalProfile: Sendable, Hashable {
    /// Whether a person's terminal is there, rather than a file or pipe.
    var isTerminal: Bool
    /// Whether colours and other styles are wanted.
    var hasStyle: Bool
    /// Whether the cursor can be moved.
    var canRepaint: Bool
    /// Whether block and braille characters show.
    var hasUnicode: Bool
    /// Columns, at least 1.
    var width: Int
    /// Rows, at least 1.
    var height: Int

    /// A file or pipe: no styles, 100 columns.
    static let pipe = TerminalProfile(
        isTerminal: false, hasStyle: false, canRepaint: false, hasUnicode: true, width: 100, height: 24)

    /// When styles are wanted.
    enum ColorChoice: String, Sendable, CaseIterable {
        case auto
        case always
        case never
    }

    /// What a descriptor leads to; `NO_COLOR`, `TERM=dumb`, `COLUMNS`, `LINES` and the locale are heeded.
    static func detect(
        _ descriptor: Int32, environment: [String: String], color: ColorChoice = .auto
    ) -> TerminalProfile {
        let isTerminal = isatty(descriptor) == 1
        let size = isTerminal ? windowSize(descriptor) : nil
        return TerminalProfile(isTerminal: isTerminal, size: size, environment: environment, color: color)
    }

    init(
        isTerminal: Bool, hasStyle: Bool, canRepaint: Bool, hasUnicode: Bool, width: Int, height: Int
    ) {
        self.isTerminal = isTerminal
        self.hasStyle = hasStyle
        self.canRepaint = canRepaint
        self.hasUnicode = hasUnicode
        self.width = width
        self.height = height
    }

    /// The same from what was found out; pure.
    init(
        isTerminal: Bool, size: (width: Int, height: Int)?, environment: [String: String], color: ColorChoice = .auto
    ) {
        let isDumb = (environment["TERM"] ?? "dumb") == "dumb"
        let refusesColor = !(environment["NO_COLOR"] ?? "").isEmpty
        self.isTerminal = isTerminal
        hasStyle = color == .always || color == .auto && isTerminal && !isDumb && !refusesColor
        canRepaint = isTerminal && !isDumb
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        hasUnicode = !isTerminal || !["C", "POSIX"].contains(locale)
        width = TerminalProfile.size(environment["COLUMNS"]) ?? size?.width ?? TerminalProfile.pipe.width
        height = TerminalProfile.size(environment["LINES"]) ?? size?.height ?? TerminalProfile.pipe.height
    }

    /// How large a terminal is now; nil where it does not say.
    static func windowSize(_ descriptor: Int32) -> (width: Int, height: Int)? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    private static func size(_ text: String?) -> Int? {
        text.flatMap { Int($0) }.flatMap { (1...10_000).contains($0) ? $0 : nil }
    }
}
