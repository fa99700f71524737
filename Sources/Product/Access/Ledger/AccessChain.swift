import DeskCommands
import Determinism
public import Storage

/// Where the record of access ends.
public struct AccessHead: Sendable, Hashable, CustomStringConvertible {
    /// The number of its last entry; 0 before the first.
    public let sequence: Int64
    /// That entry's hash.
    public let hash: Digest

    init(sequence: Int64, hash: Digest) {
        self.sequence = sequence
        self.hash = hash
    }

    /// A head from its text; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), let hash = Digest(hex: String(parts[1])) else {
            return nil
        }
        self.init(sequence: sequence, hash: hash)
    }

    /// `118:9f86d0…`.
    public var description: String { "\(sequence):\(hash.hex)" }
}

/// How the hashes of the record of access are computed, so that anybody can recompute them.
///
/// An entry's hash is SHA-256 over: the previous hash (32 bytes), sequence and time in nanoseconds (8 bytes each), then
/// caller, face, command, outcome, code, arguments, digest of the arguments and trace, each preceded by its length in
/// bytes (8 bytes, all ones where there are no arguments). Numbers are big-endian, text is UTF-8.
public enum AccessChain {
    /// What the first entry follows.
    public static let genesis = AccessHead(sequence: 0, hash: Digest.of("bellwether access 1".utf8))

    /// An entry as the one after a head.
    static func link(_ entry: AccessEntry, after head: AccessHead) -> ChainedAccessEntry {
        let sequence = head.sequence + 1
        return ChainedAccessEntry(
            sequence: sequence, entry: entry, previous: head.hash,
            hash: hash(entry, sequence: sequence, after: head.hash))
    }

    static func hash(_ entry: AccessEntry, sequence: Int64, after previous: Digest) -> Digest {
        var bytes = previous.bytes
        append(sequence, to: &bytes)
        append(entry.time.nanoseconds, to: &bytes)
        for text in [entry.caller, entry.face.rawValue, entry.command, entry.outcome.rawValue, entry.code] {
            append(text.utf8, to: &bytes)
        }
        if let arguments = entry.arguments { append(arguments.utf8, to: &bytes) } else { append(-1, to: &bytes) }
        append(entry.digest.bytes, to: &bytes)
        append(entry.trace.utf8, to: &bytes)
        return Digest.of(bytes)
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private static func append(_ part: some Collection<UInt8>, to bytes: inout [UInt8]) {
        append(Int64(part.count), to: &bytes)
        bytes += part
    }
}

/// What a check of the whole record found.
public struct AccessVerification: Sendable, Hashable {
    /// Where the chain ends, or the last entry before the fault.
    public let head: AccessHead
    /// What is wrong, in words; nil where every entry is as it was written.
    public let fault: String?

    /// Follows the chain page by page up to the head that is kept apart from it, past one that was noted earlier.
    init(
        head expected: AccessHead, noted: AccessHead?, page: (Int64) throws -> [ChainedAccessEntry]
    ) throws {
        var head = AccessChain.genesis
        var isNotedFound = noted == nil || noted == head
        var entries = try page(1)
        while !entries.isEmpty {
            for chained in entries {
                if let fault = AccessVerification.fault(chained, after: head) {
                    (self.head, self.fault) = (head, fault)
                    return
                }
                head = AccessHead(sequence: chained.sequence, hash: chained.hash)
                isNotedFound = isNotedFound || noted == head
            }
            entries = try page(head.sequence + 1)
        }
        self.head = head
        if head != expected {
            fault = "the record ends at \(head.sequence), but \(expected.sequence) were written"
        } else {
            fault = isNotedFound ? nil : "the head that was noted is not in it: it was rewritten, or cut"
        }
    }

    private static func fault(_ chained: ChainedAccessEntry, after head: AccessHead) -> String? {
        let sequence = head.sequence + 1
        guard chained.sequence == sequence else { return "entry \(sequence) is missing" }
        guard chained.previous == head.hash else { return "entry \(sequence) does not follow the one before" }
        let isWhole = AccessChain.hash(chained.entry, sequence: sequence, after: head.hash) == chained.hash
        return isWhole ? nil : "entry \(sequence) was changed"
    }
}
