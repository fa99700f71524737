import Determinism
import WorkflowModel

/// The times of a schedule trigger.
struct Schedule: Sendable {
    let cron: CronExpression
    let zone: LocalZone
    let missed: MissedFirePolicy

    /// The schedule of a definition; nil for one of another type.
    init?(of definition: TriggerDefinition, name: String) throws(TriggerError) {
        guard case .schedule(let text, let zone, let missed) = definition.kind else { return nil }
        do {
            cron = try CronExpression(text)
        } catch {
            throw TriggerError(.cron, "trigger '\(name)': the cron expression '\(text)' is wrong at \(error)")
        }
        do {
            self.zone = try LocalZone(zone)
        } catch {
            throw TriggerError(error.code, "trigger '\(name)': \(error.message)")
        }
        self.missed = missed
        guard next(after: Timestamp(nanoseconds: 0)) != nil else {
            throw TriggerError(.cron, "trigger '\(name)': the cron expression '\(text)' can never fire")
        }
    }

    func next(after moment: Timestamp) -> Timestamp? { cron.next(after: moment, in: zone) }
}

extension TriggerMachine {
    /// A scheduled time that is looked at within this time is on time, not missed.
    public static let punctuality = Duration.seconds(60)

    /// How many missed times one look makes up for; the rest follow at the next.
    static let madeUpAtOnce = 1_000

    mutating func findDue(at time: Timestamp) -> Finding {
        guard let schedule, let due = upcoming else { return .quiet("no scheduled time is left") }
        guard due <= time else { return .quiet("not due before \(due)") }
        let moments = moments(of: schedule, from: due, through: time)
        let more = moments.count == TriggerMachine.madeUpAtOnce
        state.position = more ? moments.last ?? time : time
        upcoming = schedule.next(after: state.position)
        guard !moments.isEmpty else {
            return .quiet("the times from \(due) on were missed and are skipped, as its missed-fire policy says")
        }
        return .causes(moments.map { cause(for: $0, of: schedule, at: time) })
    }

    /// The scheduled times that count, of those from the first one due.
    private func moments(of schedule: Schedule, from due: Timestamp, through time: Timestamp) -> [Timestamp] {
        let limit = TriggerMachine.madeUpAtOnce
        switch schedule.missed {
        case .all:
            return schedule.cron.all(from: due, through: time, in: schedule.zone, limit: limit)
        case .once:
            return [schedule.cron.previous(before: time + .nanoseconds(1), in: schedule.zone) ?? due]
        case .skip:
            let first = max(due, time - TriggerMachine.punctuality)
            return schedule.cron.all(from: first, through: time, in: schedule.zone, limit: limit)
        }
    }

    private func cause(for moment: Timestamp, of schedule: Schedule, at time: Timestamp) -> Cause {
        let late = time - moment > TriggerMachine.punctuality
        return Cause(
            text: "\(late ? "made up for" : "due at") \(moment) ('\(schedule.cron)' in \(schedule.zone.name))",
            input: .object([
                "trigger": "schedule", "scheduled_time": .text("\(moment)"), "made_up": .boolean(late),
            ]),
            key: "\(moment)", scheduled: moment)
    }
}
