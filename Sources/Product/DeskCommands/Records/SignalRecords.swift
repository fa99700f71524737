import WorkflowModel

/// The records that recommendations were concluded in.
struct SignalRecords: Sendable {
    private let archive: any DecisionArchive

    init(_ archive: any DecisionArchive) {
        self.archive = archive
    }

    /// A page of recommendations with their records' numbers. Cost: the records of each run that they come from.
    func adding(to page: Value) throws -> Value {
        var known: [String: Value] = [:]
        let items = try (page["items"]?.list ?? []).map { item -> Value in
            guard let run = item["run"]?.text else { return item }
            let sequence = try known[run] ?? last(of: run)
            known[run] = sequence
            return item.adding(["sequence": sequence])
        }
        return page.adding(["items": .list(items)])
    }

    /// The last thing that a run's nodes put out; null where the record has none of it.
    private func last(of run: String) throws -> Value {
        var query = RecordQuery.newest(["node"], from: nil)
        query.subject = run
        return try archive.records(query).first.map { Value($0.sequence) } ?? .null
    }
}
