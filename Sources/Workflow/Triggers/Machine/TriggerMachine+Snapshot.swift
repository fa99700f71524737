import Foundation

extension TriggerMachine {
    /// Everything it remembers, as bytes to be kept across restarts.
    public func snapshot() throws(TriggerError) -> [UInt8] {
        try TriggerSnapshot(workflow: workflow, triggers: [saved]).bytes
    }

    /// Takes up what a trigger with the same definition remembered; throws where the bytes are none of that.
    public mutating func restore(_ bytes: [UInt8]) throws(TriggerError) {
        let snapshot = try TriggerSnapshot(bytes, of: workflow)
        guard let saved = snapshot.triggers.first(where: { $0.signature == signature }) else {
            throw TriggerError(.state, "the saved state is not of the trigger '\(name)' of '\(workflow)'")
        }
        take(saved.state)
    }

    var saved: TriggerSnapshot.Saved { TriggerSnapshot.Saved(signature: signature, state: state) }

    mutating func take(_ saved: TriggerState) {
        state = saved
        upcoming = schedule?.next(after: saved.position)
    }
}

/// The saved state of a workflow's triggers.
struct TriggerSnapshot: Codable {
    struct Saved: Codable {
        var signature: String
        var state: TriggerState
    }

    var format = 1
    var workflow: String
    var triggers: [Saved]

    init(workflow: String, triggers: [Saved]) {
        self.workflow = workflow
        self.triggers = triggers
    }

    init(_ bytes: [UInt8], of workflow: String) throws(TriggerError) {
        do {
            self = try JSONDecoder().decode(TriggerSnapshot.self, from: Data(bytes))
        } catch {
            throw TriggerError(.state, "the saved state of the triggers of '\(workflow)' cannot be read: \(error)")
        }
        guard format == 1, self.workflow == workflow else {
            throw TriggerError(
                .state, "the saved state is of '\(self.workflow)' in format \(format), not of '\(workflow)' in format 1"
            )
        }
    }

    var bytes: [UInt8] {
        get throws(TriggerError) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            do {
                return [UInt8](try encoder.encode(self))
            } catch {
                throw TriggerError(.state, "the state of the triggers of '\(workflow)' cannot be saved: \(error)")
            }
        }
    }
}
