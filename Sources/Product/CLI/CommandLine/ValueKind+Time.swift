import Configuration
import Determinism

extension ValueKind where Value == CivilDate {
    /// A day, `2014-01-02`, or a year alone for its first of January.
    static var date: ValueKind {
        ValueKind("DATE", write: \.description) { text throws(ValueProblem) in
            let isYear = text.utf8.count == 4 && text.utf8.allSatisfy { (48...57).contains($0) }
            guard let date = CivilDate(isYear ? text + "-01-01" : text), (1700...2250).contains(date.year) else {
                throw ValueProblem(text, "is no date", allowed: "a day such as 2014-01-31, or a year, 1700 to 2250")
            }
            return date
        }
    }
}

extension ValueKind where Value == Timestamp {
    /// A moment, `2014-01-02T21:00:00Z`, UTC where no offset is written.
    static var timestamp: ValueKind {
        ValueKind("TIME", write: \.description) { text throws(ValueProblem) in
            guard text.isWithinTimestamps, let moment = Timestamp(text) else {
                throw ValueProblem(text, "is no time", allowed: "a time such as 2014-01-31T21:00:00Z")
            }
            return moment
        }
    }
}

extension String {
    /// Whether a time's year can be counted in nanoseconds since 1970.
    fileprivate var isWithinTimestamps: Bool {
        guard let year = Int(prefix(4)) else { return false }
        return (1678...2261).contains(year)
    }
}
