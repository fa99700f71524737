/// The text of one field of a cron expression, read into the numbers it stands for.
struct CronFieldText {
    let field: CronField
    /// Bit n stands for the number n.
    private(set) var numbers: UInt64 = 0
    /// Whether `L` stands in it.
    private(set) var lastDay = false
    /// Whether an item is `*` or `*/1`.
    private(set) var isOpen = false
    /// Whether an item begins with `*`.
    private(set) var hasStar = false

    init(_ text: Substring, field: CronField, column: Int) throws(CronError) {
        self.field = field
        var column = column
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            try read(item, column: column)
            column += item.count + 1
        }
    }

    /// Whether a day field leaves every day to the other one.
    ///
    /// One that names all days one by one does so only beside a field with a `*`, as in Vixie cron and in croniter.
    func restrictsNothing(beside other: CronFieldText) -> Bool {
        let every = field.numbers.lowerBound...field.last
        return isOpen || other.hasStar && every.allSatisfy { numbers >> UInt64($0) & 1 == 1 }
    }

    private mutating func read(_ item: Substring, column: Int) throws(CronError) {
        guard !item.isEmpty else { throw CronError(field, column: column, "a list has an empty place") }
        if field == .dayOfMonth, item.uppercased() == "L" {
            lastDay = true
            return
        }
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let step = parts.count > 1 ? try self.step(parts[1], column: column + parts[0].count + 1) : nil
        let range = try self.range(parts[0], column: column, open: step != nil)
        if parts[0] == "*" {
            hasStar = true
            isOpen = isOpen || step ?? 1 == 1
        }
        for number in stride(from: range.lowerBound, through: range.upperBound, by: step ?? 1) {
            numbers |= 1 << UInt64(field == .dayOfWeek ? number % 7 : number)
        }
    }

    private func step(_ text: Substring, column: Int) throws(CronError) -> Int {
        guard let step = whole(text), step > 0, step <= field.numbers.upperBound else {
            let most = field.numbers.upperBound
            throw CronError(field, column: column, "'\(text)' is no step; a step is a number from 1 to \(most)")
        }
        return step
    }

    /// The numbers of `*`, `5`, `5-9`, or of `5` with a step, which goes on to the end.
    private func range(_ text: Substring, column: Int, open: Bool) throws(CronError) -> ClosedRange<Int> {
        if text == "*" { return field.numbers.lowerBound...field.last }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try number(ends[0], column: column)
        guard ends.count > 1 else { return first...(open ? max(first, field.last) : first) }
        var last = try number(ends[1], column: column + ends[0].count + 1)
        if field == .dayOfWeek, last == 0, first > 0 { last = 7 }
        guard first <= last else {
            throw CronError(field, column: column, backwards(text, first: ends[0], last: ends[1]))
        }
        return first...last
    }

    private func number(_ text: Substring, column: Int) throws(CronError) -> Int {
        if let number = whole(text) ?? field.number(named: text), field.numbers.contains(number) { return number }
        throw CronError(field, column: column, "'\(text)' is not allowed; allowed are \(field.allowed)")
    }

    private func whole(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    private func backwards(_ text: Substring, first: Substring, last: Substring) -> String {
        "the range '\(text)' runs backwards; write '\(first)-\(field.last),\(field.numbers.lowerBound)-\(last)'"
    }
}
