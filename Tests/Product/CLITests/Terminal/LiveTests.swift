import Determinism
import Foundation
import Synchronization
import Testing

@testable import CLI

@Suite struct LiveTests {
    private static let terminal = TerminalProfile(
        isTerminal: true, size: (20, 6), environment: ["TERM": "xterm", "LANG": "C.UTF-8"])

    @Test func `a block is painted in place and the cursor comes back`() {
        var painter = BlockPainter()
        #expect(
            painter.paint(["a", "b"], width: 20, height: 6)
                == "\u{1B}[?2026h\u{1B}[?25l\u{1B}[?7l\ra\u{1B}[K\r\nb\u{1B}[K\u{1B}[J\u{1B}[?2026l")
        #expect(painter.paint(["c"], width: 20, height: 6) == "\u{1B}[?2026h\r\u{1B}[1Ac\u{1B}[K\u{1B}[J\u{1B}[?2026l")
        #expect(painter.close() == "\r\n\u{1B}[0m\u{1B}[?7h\u{1B}[?25h")
        #expect(painter.close() == "")
    }

    @Test func `a terminal that shrank is cleared, since old lines were wrapped`() {
        var painter = BlockPainter()
        _ = painter.paint(["0123456789"], width: 20, height: 6)
        #expect(painter.paint(["0123456789"], width: 5, height: 6).contains("\u{1B}[H\u{1B}[2J01234\u{1B}[?2026l"))
        #expect(!painter.paint(["0"], width: 20, height: 6).contains("\u{1B}[2J"))
    }

    @Test func `a full line keeps its last character`() {
        var painter = BlockPainter()
        #expect(
            painter.paint(["abc", "de"], width: 3, height: 6).hasSuffix("\rabc\r\nde\u{1B}[K\u{1B}[J\u{1B}[?2026l"))
    }

    @Test func `a tiny terminal gets what fits`() {
        for (width, height) in [(1, 1), (0, 0), (2, 2), (80, 1)] {
            var painter = BlockPainter()
            let text = painter.paint(["abc", "def", "ghi"], width: width, height: height)
            #expect(text.components(separatedBy: "\r\n").count == max(1, height - 1))
        }
    }

    @Test func `frames are bound to a rate and the last is never lost`() throws {
        let sink = MemorySink()
        let time = ManualTime()
        let display = LiveDisplay<Int>(output: sink, profile: Self.terminal, time: time, size: { (20, 6) }) {
            model, _, _ in
            ["n=\(model)"]
        }
        for model in 1...100 { try display.update(model) }
        #expect(sink.text.contains("n=1\u{1B}"))
        #expect(!sink.text.contains("n=2"))
        time.advance(by: .milliseconds(50))
        try display.update(101)
        try display.update(102)
        try display.finish()
        #expect(sink.text.contains("n=101") && sink.text.contains("n=102"))
        #expect(sink.text.hasSuffix("\r\n" + BlockPainter.restoring))
        try display.update(103)
        #expect(!sink.text.contains("n=103"))
    }

    @Test func `nothing is painted in a pipe or on a dumb terminal`() throws {
        let dumb = TerminalProfile(isTerminal: true, size: (80, 24), environment: ["TERM": "dumb"])
        for profile in [TerminalProfile.pipe, dumb] {
            let sink = MemorySink()
            let display = LiveDisplay<Int>(
                output: sink, profile: profile, time: ManualTime()
            ) {
                _, _, _ in ["x"]
            }
            try display.update(1)
            try display.finish()
            #expect(sink.text == "")
        }
    }

    @Test func `what a terminal can show is found out`() {
        func profile(_ environment: [String: String], _ color: TerminalProfile.ColorChoice = .auto, tty: Bool = true)
            -> TerminalProfile
        {
            TerminalProfile(isTerminal: tty, size: tty ? (120, 40) : nil, environment: environment, color: color)
        }
        #expect(profile(["TERM": "xterm"]).hasStyle)
        #expect(!profile(["TERM": "xterm", "NO_COLOR": "1"]).hasStyle)
        #expect(profile(["TERM": "xterm", "NO_COLOR": ""]).hasStyle)
        #expect(profile(["TERM": "xterm", "NO_COLOR": "1"], .always).hasStyle)
        #expect(!profile(["TERM": "dumb"]).hasStyle && !profile(["TERM": "dumb"]).canRepaint)
        #expect(!profile([:], tty: false).hasStyle)
        #expect(profile(["COLUMNS": "66", "TERM": "xterm"]).width == 66)
        #expect(profile(["COLUMNS": "0", "TERM": "xterm"]).width == 120)
        #expect(profile([:], tty: false).width == 100)
        #expect(!profile(["TERM": "xterm", "LANG": "C"]).hasUnicode)
    }

    @Test func `progress says share, rate and what is left`() {
        #expect(
            ProgressLine.text("importing", 25, 100, "files", elapsed: .seconds(5), width: 80)
                == "importing  25 %  25 of 100 files  5/s  15s left")
        #expect(ProgressLine.text("reading", 1234, nil, "rows", elapsed: .zero, width: 80) == "reading  1,234 rows")
        #expect(ProgressLine.text("reading", 1234, nil, "rows", elapsed: .zero, width: 10) == "reading  …")
    }

    @Test func `progress is silent in a pipe and cleans up on a terminal`() {
        for (profile, isSilent) in [(TerminalProfile.pipe, true), (Self.terminal, false)] {
            let errors = MemorySink()
            let console = Console(
                output: MemorySink(), errors: errors, profile: .pipe, errorProfile: profile, isJSON: false)
            let progress = ProgressLine(
                "x", total: 2, unit: "files", console: console, time: ManualTime())
            progress.update(1)
            progress.update(2)
            progress.finish()
            #expect(errors.text.isEmpty == isSilent)
            #expect(isSilent || errors.text.hasSuffix("\r\u{1B}[K"))
        }
    }
}
