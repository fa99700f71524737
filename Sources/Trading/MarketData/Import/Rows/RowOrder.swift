import Determinism

/// Puts rows into ascending order where the file as a whole descends, and sets displaced and repeated rows aside.
struct RowOrder {
    private(set) var rows: RawRows
    private(set) var bad: [BadRow] = []
    /// The file had the newest row first.
    private(set) var wasDescending = false

    init(_ rows: RawRows, timeColumn: String?) {
        self.rows = rows
        if RowOrder.isAscending(rows.time) { return }
        if RowOrder.descends(rows.time) {
            wasDescending = true
            self.rows = rows.picking(Array(rows.time.indices.reversed()))
            if RowOrder.isAscending(self.rows.time) { return }
        }
        setAside(timeColumn)
    }

    private static func isAscending(_ times: [Int64]) -> Bool {
        var previous = Int64.min
        for time in times {
            guard time > previous else { return false }
            previous = time
        }
        return true
    }

    private static func descends(_ times: [Int64]) -> Bool {
        var steps = 0
        for index in times.indices.dropFirst() { steps += times[index] < times[index - 1] ? -1 : 1 }
        return steps < 0
    }

    /// Keeps the most rows that ascend together; the others are displaced or repeated.
    private mutating func setAside(_ column: String?) {
        let kept = RowOrder.longestAscending(rows.time)
        var isKept = Array(repeating: false, count: rows.count)
        for index in kept { isKept[index] = true }
        let times = Set(kept.map { rows.time[$0] })
        for index in rows.time.indices where !isKept[index] {
            let reason: BadRow.Reason = times.contains(rows.time[index]) ? .duplicateTime : .outOfOrder
            let text = RowOrder.text(rows.time[index])
            bad.append(BadRow(line: Int(rows.line[index]), column: column, text: text, reason: reason))
        }
        rows = rows.picking(kept)
    }

    private static func text(_ time: Int64) -> String {
        let moment = Timestamp(nanoseconds: time)
        return moment.nanosecondsOfDay == 0 ? moment.date.description : moment.description
    }

    /// The indices of the longest strictly ascending subsequence, found in n log n (Schensted 1961); of rows with
    /// one time the earlier is kept.
    static func longestAscending(_ times: [Int64]) -> [Int] {
        var tails: [Int] = []
        var previous = Array(repeating: -1, count: times.count)
        for index in times.indices {
            var low = 0
            var high = tails.count
            while low < high {
                let middle = (low + high) / 2
                if times[tails[middle]] < times[index] { low = middle + 1 } else { high = middle }
            }
            previous[index] = low > 0 ? tails[low - 1] : -1
            if low == tails.count {
                tails.append(index)
            } else if times[tails[low]] > times[index] {
                tails[low] = index
            }
        }
        var chain: [Int] = []
        var index = tails.last ?? -1
        while index >= 0 {
            chain.append(index)
            index = previous[index]
        }
        return chain.reversed()
    }
}
