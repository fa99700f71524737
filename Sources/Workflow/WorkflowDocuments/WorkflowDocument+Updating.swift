internal import Configuration
public import WorkflowModel

extension WorkflowDocument {
    /// The document with values replaced, `["steps[2].params.threshold": 0.9]`, in one canonical spelling.
    ///
    /// Items of lists are named by their place, counted from 0, or by their name: `steps['scan'].timeout`. Where the
    /// file holds several workflows, `workflow` says which one. Comments are lost, except those at the head of the
    /// file. Throws with every path that leads nowhere, with everything that is wrong with the document before, or with
    /// everything that would be wrong with it after.
    public static func update(
        _ text: String, name file: String, _ changes: [String: Value], workflow: String? = nil,
        options: DocumentOptions = DocumentOptions()
    ) throws(DocumentError) -> String {
        _ = try read(text, name: file, options: options).get()
        let log = ProblemLog(file: file)
        let roots = DocumentTree.roots(in: text.utf8, log: log).filter { !$0.isNull }
        let change = DocumentChange(log: log, workflow: workflow)
        guard let trees = change.apply(changes, to: roots) else { throw DocumentError(log.sorted) }
        let changed: String
        if DocumentTree.isJSON(file) {
            changed = trees.map(JSONWriter.text).joined()
        } else {
            changed = head(of: text) + trees.map(YAMLWriter.text).joined(separator: "---\n")
        }
        _ = try read(changed, name: file, options: options).get()
        return changed
    }

    /// The comments before the first line that says something.
    private static func head(of text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let comments = lines.prefix { $0.hasPrefix("#") || $0.allSatisfy(\.isWhitespace) }
        return comments.count == lines.count ? "" : comments.map { $0 + "\n" }.joined()
    }
}
