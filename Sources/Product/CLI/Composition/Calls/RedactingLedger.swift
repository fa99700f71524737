import DeskCommands
import Determinism
import Storage
import Telemetry

/// A ledger whose record of access passes the redactor, as every line of the log does.
struct RedactingLedger: CommandLedger {
    let ledger: any CommandLedger
    let redactor: Redactor

    func record(_ entry: AccessEntry, answer: CommandAnswer?, for key: CallKey?) throws {
        try ledger.record(entry.redacted(by: redactor), answer: answer, for: key)
    }

    func begin(_ key: CallKey, request: Digest, callID: String, at time: Timestamp) throws -> CallStanding {
        try ledger.begin(key, request: request, callID: callID, at: time)
    }

    func keep(_ confirmation: PendingConfirmation) throws -> Bool { try ledger.keep(confirmation) }

    func confirmation(_ id: String) throws -> PendingConfirmation? { try ledger.confirmation(id) }

    func confirmations(at time: Timestamp) throws -> [PendingConfirmation] { try ledger.confirmations(at: time) }

    func settle(
        _ id: String, as settlement: PendingConfirmation.Settlement, at time: Timestamp
    ) throws -> PendingConfirmation? {
        try ledger.settle(id, as: settlement, at: time)
    }
}

extension AccessEntry {
    /// The entry without what the redactor takes for a secret; the hash is that of the arguments that are left.
    fileprivate func redacted(by redactor: Redactor) -> AccessEntry {
        let clean = arguments.map(redactor.redact)
        return AccessEntry(
            time: time, caller: caller, face: face, command: redactor.redact(command), outcome: outcome, code: code,
            arguments: clean, digest: clean.map { Digest.of($0.utf8) } ?? digest, trace: trace)
    }
}
