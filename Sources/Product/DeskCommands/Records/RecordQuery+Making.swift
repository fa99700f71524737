import WorkflowModel

extension RecordQuery {
    /// Everything about something, oldest first.
    static func about(_ subject: String, kinds: [String] = [], limit: Int = 2000) -> RecordQuery {
        var query = RecordQuery()
        (query.subject, query.kinds, query.limit, query.isAscending) = (subject, kinds, limit, true)
        return query
    }

    /// The newest of some kinds at or before a record.
    static func newest(_ kinds: [String], from: Int64?, limit: Int = 1, beginning: String? = nil) -> RecordQuery {
        var query = RecordQuery()
        (query.kinds, query.from, query.limit, query.beginning) = (kinds, from, limit, beginning)
        return query
    }
}

extension DecisionArchive {
    /// Looks at records of some kinds from the newest down, or from one on, until `body` has seen enough.
    ///
    /// Gives the last record looked at, and nil where the record's beginning was reached. Cost: at most `most` records.
    func walk(
        _ kinds: [String], from: Int64?, most: Int = 20_000, beginning: String? = nil,
        _ body: (ArchivedRecord) throws -> Bool
    ) throws -> Int64? {
        // Pages grow, so that who wants little reads little; a page is in memory at once.
        var (from, seen, size) = (from, 0, 50)
        while from ?? 1 > 0 {
            let page = try records(.newest(kinds, from: from, limit: size, beginning: beginning))
            for record in page {
                seen += 1
                if try !body(record) || seen >= most { return record.sequence }
            }
            guard page.count == size, let last = page.last else { return nil }
            (from, size) = (last.sequence - 1, min(size * 2, 200))
        }
        return nil
    }
}
