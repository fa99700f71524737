import Determinism
import Synchronization
import TradingStore

/// Tells of an import while it goes on; that nobody listens any more does not stop the import.
final class ImportSpeaker: Sendable {
    private struct State {
        var total = 0
        var line: ProgressLine?
        var isHeard = true
    }

    private let console: Console
    private let isAll: Bool
    private let state = Mutex(State())

    /// A speaker; `isAll` shows every bad row.
    init(_ console: Console, isAll: Bool) {
        self.console = console
        self.isAll = isAll
    }

    /// Says how far the import is.
    func progress(_ progress: ImportProgress) {
        let line = state.withLock { state in
            state.total = progress.total
            let line =
                state.line
                ?? ProgressLine(
                    "importing", total: progress.total, unit: progress.total == 1 ? "file" : "files",
                    console: console, time: SystemTime())
            state.line = line
            return line
        }
        if progress.file == nil { line.finish() } else { line.update(progress.done) }
    }

    /// Says what became of one file: what was found as result, why it failed as error.
    func tell(_ report: FileReport) {
        let (total, line) = state.withLock { ($0.total, $0.line) }
        line?.finish()
        if console.isJSON {
            print([ImportRecords.object(report).line])
        } else {
            let page = ImportPage(
                isAll: isAll, isShort: total > 3, width: console.profile.width, style: console.style)
            print(page.lines(report))
        }
        if let failure = ImportPage.failure(report) { console.fail(failure, code: "import") }
    }

    /// Says what all came to; a single file has said it already, except to programs.
    func finish(_ summary: ImportSummary) {
        if console.isJSON {
            print([ImportRecords.object(summary).line])
        } else if summary.files.count > 1 {
            print(ImportPage.lines(summary, style: console.style))
        }
    }

    private func print(_ lines: [String]) {
        guard state.withLock({ $0.isHeard }) else { return }
        do { try console.print(lines) } catch { state.withLock { $0.isHeard = false } }
    }
}
