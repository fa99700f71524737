/// One of the five fields of a cron expression, in their order.
public enum CronField: Int, Sendable, Hashable, CaseIterable {
    case minute, hour, dayOfMonth, month, dayOfWeek

    /// Its name in messages.
    public var name: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day of month"
        case .month: "month"
        case .dayOfWeek: "day of week"
        }
    }

    /// The numbers that may be written; 7 is Sunday as 0 is.
    var numbers: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// The largest number that `*` and an open range such as `5/10` reach.
    var last: Int { self == .dayOfWeek ? 6 : numbers.upperBound }

    /// What may stand in the field, for messages.
    var allowed: String {
        switch self {
        case .dayOfMonth: "1 to 31 or L for the last day"
        case .month: "1 to 12 or JAN to DEC"
        case .dayOfWeek: "0 to 7 (0 and 7 are Sunday) or SUN to SAT"
        default: "\(numbers.lowerBound) to \(numbers.upperBound)"
        }
    }

    /// The number of a name in any case; nil where the field has no such name.
    func number(named name: Substring) -> Int? {
        let name = name.uppercased()
        switch self {
        case .month: return CronField.months.firstIndex(of: name).map { $0 + 1 }
        case .dayOfWeek: return CronField.days.firstIndex(of: name)
        default: return nil
        }
    }

    private static let months = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    private static let days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
}
