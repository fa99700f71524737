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

    /// The indices of the longest strictly ascending subsequence, found in n log n (Schensted 1961).
    ///
    /// Of several that are equally long, the one whose rows come earlier in the file.
    static func longestAscending(_ times: [Int64]) -> [Int] {
        var smallestEnd: [Int64] = []
        var rank: [Int] = []
        rank.reserveCapacity(times.count)
        for time in times {
            var low = 0
            var high = smallestEnd.count
            while low < high {
                let middle = (low + high) / 2
                if smallestEnd[middle] < time { low = middle + 1 } else { high = middle }
            }
            if low == smallestEnd.count { smallestEnd.append(time) } else { smallestEnd[low] = time }
            rank.append(low)
        }
        return chain(times, rank, length: smallestEnd.count)
    }

    /// Walks back from the highest rank, taking at each rank the earliest row that fits below the one after it.
    private static func chain(_ times: [Int64], _ rank: [Int], length: Int) -> [Int] {
        var ofRank = Array(repeating: [Int](), count: length)
        for index in times.indices { ofRank[rank[index]].append(index) }
        var chain: [Int] = []
        var next = times.count
        var limit = Int64.max
        for candidates in ofRank.reversed() {
            guard let index = candidates.first(where: { $0 < next && (times[$0] < limit || chain.isEmpty) }) else {
                break
            }
            chain.append(index)
            next = index
            limit = times[index]
        }
        return chain.reversed()
    }
}
