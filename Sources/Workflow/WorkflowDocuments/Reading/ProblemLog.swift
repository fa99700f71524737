internal import Configuration

/// Collects what is wrong with one document.
final class ProblemLog {
    let file: String
    private var problems: [DocumentProblem] = []
    private(set) var count = 0
    /// How many more words may be compared to find what was meant, so that a hostile document costs no more.
    private var comparisons = 100_000

    init(file: String) {
        self.file = file
    }

    func report(_ message: String, path: String, at position: SourcePosition) {
        count += 1
        guard problems.count < DocumentLimits.problems else { return }
        problems.append(
            DocumentProblem(
                file: file, line: position.line, column: position.column, path: path, message: message))
    }

    func report(_ error: YAMLError) {
        for problem in error.problems { report(problem.message, path: "", at: problem.position) }
    }

    /// The problems in the order of the document, the last one saying how many more there are.
    var sorted: [DocumentProblem] {
        let sorted = problems.enumerated()
            .sorted {
                ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
            }
            .map(\.element)
        guard count > problems.count, let last = sorted.last else { return sorted }
        let message = "and \(count - problems.count) more problems"
        return sorted + [
            DocumentProblem(file: file, line: last.line, column: last.column, path: "", message: message)
        ]
    }

    /// What was probably meant, ready to stand behind a message; all candidates where they are few; else nothing.
    func advice(_ word: String, among candidates: [String], except own: String? = nil, listing: Bool = true) -> String {
        if let nearest = nearest(word, among: candidates, except: own) { return " (did you mean '\(nearest)'?)" }
        guard listing, !candidates.isEmpty, candidates.count <= 24 else { return "" }
        return "; allowed: \(candidates.joined(separator: ", "))"
    }

    private func nearest(_ word: String, among candidates: [String], except own: String?) -> String? {
        guard word.utf8.count > 1, comparisons >= candidates.count else { return nil }
        comparisons -= candidates.count
        return Spelling.nearest(to: word, among: candidates.filter { $0.utf8.count <= 256 && $0 != own })
    }
}
