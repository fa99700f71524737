/// The first difference between a stored record and the one that a replay made in its place.
struct AuditDivergence {
    private let sequence: Int64
    private let difference: String

    /// Nil where they are the same.
    init?(stored: AuditRecord, derived: AuditEntry) {
        sequence = stored.sequence
        if stored.run != derived.run {
            difference = "its run is '\(stored.run)', now '\(derived.run)'"
        } else if stored.kind != derived.kind {
            difference = "its kind is '\(stored.kind)', now '\(derived.kind)'"
        } else if stored.time != derived.time {
            difference = "its time is \(stored.time), now \(derived.time)"
        } else if let byte = AuditDivergence.firstDifference(stored.body, derived.body) {
            let (old, new) = (AuditDivergence.context(stored.body, byte), AuditDivergence.context(derived.body, byte))
            difference = "its body differs from byte \(byte) on: stored \(old), now \(new)"
        } else {
            return nil
        }
    }

    var error: AuditError {
        AuditError(
            .diverged, sequence: sequence,
            """
            the replay diverges at record \(sequence): \(difference). Nothing was written. \
            Resume with the same program, configuration and data as before.
            """)
    }

    private static func firstDifference(_ left: [UInt8], _ right: [UInt8]) -> Int? {
        guard left != right else { return nil }
        return zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(left.count, right.count)
    }

    private static func context(_ body: [UInt8], _ byte: Int) -> String {
        let range = max(0, byte - 24)..<min(body.count, byte + 24)
        let text = String(decoding: body[range], as: UTF8.self)
        return "'\(range.lowerBound > 0 ? "…" : "")\(text)\(range.upperBound < body.count ? "…" : "")'"
    }
}
