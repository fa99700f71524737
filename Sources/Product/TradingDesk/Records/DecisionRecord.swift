public import Determinism
public import Foundation
public import TradingModel

/// One entry of the record of decisions, ready to be chained and kept.
public struct DecisionRecord: Sendable, Hashable {
    /// What a record is about. The names are part of the audit format and are never changed.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A run began: its plan and where its data come from.
        case run
        /// Bars from before the run, from which indicators warm up.
        case history
        /// Headlines became known.
        case headlines
        /// The bars that became known at one moment.
        case slice
        /// A trading day began or ended.
        case day
        /// A node of the pipeline gave its result.
        case node
        /// Intents were judged; what was approved was sent.
        case decision
        /// A broker said something of an order.
        case report
        /// Holding a position cost something, or brought it in.
        case charge
        /// A person intervened.
        case control
        /// The run ended: its summary.
        case summary
    }

    /// What it is about.
    public let kind: Kind
    /// The event time: of the market in a replay, of the wall clock only in live trading.
    public let time: Timestamp
    /// Canonical JSON: keys sorted, no blanks.
    public let body: Data
    /// What it can be found by: order ids, workflow runs.
    public let subjects: [String]

    /// A record with a body as it stands.
    public init(kind: Kind, time: Timestamp, body: Data, subjects: [String] = []) {
        self.kind = kind
        self.time = time
        self.body = body
        self.subjects = subjects
    }
}

/// Where records are kept, chained by their hashes.
public protocol DecisionLog: AnyObject, Sendable {
    /// Keeps records, all or none; they cannot be lost once this returns.
    func append(_ records: [DecisionRecord]) throws

    /// The hash of the newest record, in hexadecimal.
    var head: String { get throws }
}

/// JSON with one spelling for each value, so that the bytes can be hashed and compared: keys sorted, no blanks.
///
/// Instruments are written by symbol.
public struct CanonicalCoder: Sendable {
    private let universe: Universe

    /// A coder for a run's instruments.
    public init(_ universe: Universe) {
        self.universe = universe
    }

    /// The canonical bytes of a value.
    public func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.userInfo[.universe] = universe
        return try encoder.encode(value)
    }

    /// The value that `encode` wrote.
    public func decode<T: Decodable>(_ type: T.Type, from data: Data) throws -> T {
        let decoder = JSONDecoder()
        decoder.userInfo[.universe] = universe
        return try decoder.decode(type, from: data)
    }
}
