import DeskCommands
import Determinism
import Foundation
import TradingDesk
import TradingModel
import TradingStore

/// The requests that are made of a run, in its store.
struct DeskRequests: Sendable {
    private let store: DeskStore

    init(_ store: DeskStore) {
        self.store = store
    }

    /// Keeps a request durably; a key that was used before gives the receipt from then.
    func ask(
        _ request: DeskRequest, by person: String, key: String, at time: Timestamp, isHeard: Bool
    ) throws -> DeskReceipt {
        let coder = CanonicalCoder(Universe([]))
        let body: Data? =
            switch request {
            case .order(let ticket): try coder.encode(ticket)
            case .limits(let limits, _): try coder.encode(limits)
            case .halt, .resume, .reduceOnly, .flatten: nil
            }
        let wanted = NewRequest(
            request.control, reason: request.reason, by: person, body: body.map { [UInt8]($0) }, key: key)
        let taken = try store.request(wanted, at: time)
        return DeskReceipt(taken.request, record: taken.record, isHeard: isHeard)
    }

    /// What was asked and not obeyed yet, oldest first.
    func pending(isHeard: Bool) throws -> [DeskReceipt] {
        try store.pendingControls().map { DeskReceipt($0, record: nil, isHeard: isHeard) }
    }
}

extension DeskReceipt {
    init(_ request: ControlRequest, record: Int64?, isHeard: Bool) {
        self.init(
            id: request.id, kind: request.kind.rawValue, reason: request.reason, time: request.time, who: request.who,
            record: record, isHeard: isHeard)
    }
}

extension DeskRequest {
    /// Why, in the asker's words.
    var reason: String {
        switch self {
        case .halt(let reason), .resume(let reason), .reduceOnly(let reason), .flatten(let reason): reason
        case .order(let ticket): ticket.reason
        case .limits(_, let reason): reason
        }
    }

    /// The kind under which it is stored.
    var control: ControlKind {
        switch self {
        case .halt: .halt
        case .resume: .resume
        case .reduceOnly: .reduceOnly
        case .flatten: .flatten
        case .order: .order
        case .limits: .limits
        }
    }

    /// Throws where a run over these instruments could never obey it.
    func check(_ universe: Universe) throws(CommandProblem) {
        guard case .order(let ticket) = self, universe.id(of: ticket.symbol) == nil else { return }
        throw CommandProblem.invalid([
            FieldFault("symbol", "must be an instrument of the run, which does not trade \(ticket.symbol)")
        ])
    }
}
