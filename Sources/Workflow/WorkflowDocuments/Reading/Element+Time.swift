internal import Configuration
internal import WorkflowModel

extension Element {
    /// A duration of more than nothing, or of nothing where that is allowed, and of at most a year.
    ///
    /// Numbers are seconds; text is `90s`, `15m`, `1h30m`.
    func duration(allowingZero: Bool = false) -> Duration? {
        guard let duration = rawDuration() else { return nil }
        let year = Duration.seconds(365 * 86_400)
        if duration > year {
            report("\(node.raw ?? "") is longer than a year")
        } else if duration < .zero || (duration == .zero && !allowingZero) {
            report(
                "\(node.raw ?? "") is out of range; allowed: \(allowingZero ? "0 seconds or more" : "more than 0 seconds")"
            )
        } else {
            return duration
        }
        return nil
    }

    private func rawDuration() -> Duration? {
        switch node.content {
        case .scalar(_, .integer(let seconds)):
            return .seconds(min(max(seconds, -1), 400 * 86_400))
        case .scalar(_, .number(let seconds)) where seconds.isFinite:
            return .nanoseconds(Int64((min(max(seconds, -1), 4e7) * 1e9).rounded()))
        case .scalar(let raw, .text):
            if let duration = Duration(text: raw) { return duration }
            report(
                "'\(raw.escapingControls.prefix(40))' is no duration; write seconds or a text such as 90s, 15m, 1h30m")
            return nil
        default:
            report("must be a duration in seconds or a text such as 90s, 15m, 1h30m, not \(kindName)")
            return nil
        }
    }

    /// `HIGH` in any case, or a number from 0 to 10.
    func priority() -> Priority? {
        switch node.content {
        case .scalar(_, .integer(let number)):
            if let priority = Priority(number: number) { return priority }
            report("\(number) is out of range; allowed: 0 to 10, or CRITICAL, HIGH, MEDIUM, LOW")
        case .scalar(let raw, .text):
            if let priority = Priority(name: raw) { return priority }
            let known = Priority.allCases.reversed().map(\.name)
            report("'\(raw.escapingControls.prefix(40))' is no priority\(log.advice(raw, among: known)), or 0 to 10")
        default:
            let found = if case .scalar(let raw, .number) = node.content { raw } else { kindName }
            report("must be CRITICAL, HIGH, MEDIUM, LOW or a whole number from 0 to 10, not \(found)")
        }
        return nil
    }

    /// `06:00`, `open`, `open-3h30m`, `close+15m`.
    func moment() -> StageWindow.Moment? {
        guard let text = text() else { return nil }
        if let moment = Element.dayMoment(text, "open").map(StageWindow.Moment.open) { return moment }
        if let moment = Element.dayMoment(text, "close").map(StageWindow.Moment.close) { return moment }
        if let time = Element.timeOfDay(text) { return .time(time) }
        report(
            "'\(text.escapingControls.prefix(40))' is no moment of a day; write a time such as 06:00, or open, close, open-3h30m, close+15m"
        )
        return nil
    }

    private static func dayMoment(_ text: String, _ word: String) -> Duration? {
        guard text.hasPrefix(word) else { return nil }
        let rest = text.dropFirst(word.count)
        guard let sign = rest.first else { return .zero }
        guard sign == "+" || sign == "-", let offset = Duration(text: String(rest.dropFirst())),
            offset <= .seconds(86_400)
        else { return nil }
        return sign == "-" ? .zero - offset : offset
    }

    private static func timeOfDay(_ text: String) -> Duration? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isNumber) })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        let seconds = numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
        return seconds <= 86_400 ? .seconds(seconds) : nil
    }
}
