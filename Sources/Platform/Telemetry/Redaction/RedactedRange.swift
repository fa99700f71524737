/// A part of a text that must not be seen.
struct RedactedRange: Hashable {
    var start: Int
    var end: Int
    /// For a bare value of JSON, how many documents it stands within: quotes of that depth keep them readable.
    var bareDepth: Int?

    private var replacement: String {
        guard let bareDepth else { return Redactor.marker }
        let quote = String(repeating: "\\", count: 1 << bareDepth - 1) + "\""
        return quote + Redactor.marker + quote
    }

    /// The bytes with each range replaced by the marker; ranges may overlap and come in any order.
    static func replacing(_ ranges: [RedactedRange], in bytes: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var position = 0
        for range in merged(ranges) {
            clean += bytes[position..<range.start]
            clean += range.replacement.utf8
            position = range.end
        }
        clean += bytes[position...]
        return clean
    }

    /// The ranges in order, those that overlap or touch made one.
    static func merged(_ ranges: [RedactedRange]) -> [RedactedRange] {
        var merged: [RedactedRange] = []
        for range in ranges.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) }) where range.end > range.start {
            guard let last = merged.last, range.start <= last.end else {
                merged.append(range)
                continue
            }
            guard range.end > last.end else { continue }
            merged[merged.count - 1] = RedactedRange(start: last.start, end: range.end)
        }
        return merged
    }
}
