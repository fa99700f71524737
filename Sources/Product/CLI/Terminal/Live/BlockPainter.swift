/// Works out what to send so that a block of lines takes the place of the one before; pure.
///
/// Lines are overwritten and their ends cleared, inside a synchronized update (mode 2026), so that nothing flickers.
struct BlockPainter: Sendable {
    private var painted: [Int] = []
    private var isOpen = false

    /// What paints lines on a terminal of a size, cut to it.
    mutating func paint(_ lines: [String], width: Int, height: Int) -> String {
        let fitted = lines.prefix(max(1, height - 1)).map { StyledLine.fitted($0, to: max(1, width)) }
        var result = "\u{1B}[?2026h" + opening() + start(width, height)
        // After a full last line what is below must be cleared before anything is written.
        let isBelowClear = (fitted.last.map(StyledLine.width) ?? 0) >= width
        if isBelowClear, painted.count > fitted.count { result += "\u{1B}[J" }
        result += fitted.map { cleared($0, width) }.joined(separator: "\r\n")
        result += isBelowClear ? "\u{1B}[?2026l" : "\u{1B}[J\u{1B}[?2026l"
        painted = fitted.map(StyledLine.width)
        return result
    }

    /// A full line leaves the cursor on its last character, which clearing would take away.
    private func cleared(_ line: String, _ width: Int) -> String {
        StyledLine.width(line) < width ? line + "\u{1B}[K" : line
    }

    /// What leaves the block where it is and gives the cursor back on the line below.
    mutating func close() -> String {
        guard isOpen else { return "" }
        defer { self = BlockPainter() }
        return (painted.isEmpty ? "" : "\r\n") + BlockPainter.restoring
    }

    /// What gives the cursor back and lets lines wrap again, whatever was painted.
    static let restoring = "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h"

    /// Hides the cursor and keeps the terminal from wrapping lines.
    private mutating func opening() -> String {
        guard !isOpen else { return "" }
        isOpen = true
        return "\u{1B}[?25l\u{1B}[?7l"
    }

    /// Back to the block's first line. Where the terminal shrank so that old lines were wrapped or scrolled, nobody
    /// knows where it begins, and the screen is cleared.
    private func start(_ width: Int, _ height: Int) -> String {
        guard let longest = painted.max() else { return "\r" }
        if longest > width || painted.count > height { return "\u{1B}[H\u{1B}[2J" }
        return painted.count > 1 ? "\r\u{1B}[\(painted.count - 1)A" : "\r"
    }
}
