import Determinism

extension TimeFormat {
    /// The form that most of the given cells have; nil where none of them is a time.
    ///
    /// Which number comes first in dates with slashes is not told here.
    static func detect(_ texts: [String]) -> TimeFormat? {
        var votes: [(format: TimeFormat, count: Int)] = []
        for text in texts {
            guard let format = form(of: text) else { continue }
            if let index = votes.firstIndex(where: { $0.format == format }) {
                votes[index].count += 1
            } else {
                votes.append((format, 1))
            }
        }
        return votes.max { $0.count < $1.count }?.format
    }

    static func form(of text: String) -> TimeFormat? {
        let bytes = Array(text.utf8)
        if let unix = unixForm(bytes) { return unix }
        let candidates: [TimeFormat] = [
            .isoDate, .compactDate, .isoDateTime(zoned: false), .isoDateTime(zoned: true), .compactDateTime,
            .dayMonthName,
        ]
        if let known = candidates.first(where: { $0.reads(bytes) }) { return known }
        for hasTime in [false, true] {
            let reads = TimeFormat.slashed(.monthFirst, hasTime: hasTime).reads(bytes)
            if reads || TimeFormat.slashed(.dayFirst, hasTime: hasTime).reads(bytes) {
                return .slashed(.monthFirst, hasTime: hasTime)
            }
        }
        return nil
    }

    func reads(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return false }
            var scanner = TimeScanner(self)
            return scanner.scan(Cell(start: base, count: buffer.count)) != nil
        }
    }

    /// Nine or ten digits are seconds, each three more the next smaller unit: right from 1973 to 2286.
    private static func unixForm(_ bytes: [UInt8]) -> TimeFormat? {
        let whole = bytes.prefix { (48...57).contains($0) }.count
        let rest = bytes.dropFirst(whole)
        let isFraction = rest.first == 46 && rest.dropFirst().allSatisfy { (48...57).contains($0) }
        guard rest.isEmpty || isFraction else { return nil }
        switch whole {
        case 9, 10: return .unix(unit: 1_000_000_000)
        case 12, 13: return .unix(unit: 1_000_000)
        case 15, 16: return .unix(unit: 1_000)
        case 18, 19: return .unix(unit: 1)
        default: return nil
        }
    }
}
