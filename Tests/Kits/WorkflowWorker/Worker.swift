import Determinism
import Foundation
import Storage
import TaskQueues
import WorkflowEngine
import WorkflowKills
import WorkflowModel
import WorkflowStore

/// Runs workflows in a folder and says `ok` to each request once it cannot be lost any more.
struct Worker: Sendable {
    private static let mail = QueueName(KillPlan.mail)
    private let queues: SQLiteTaskQueue
    private let journal: SQLiteJournal
    private let service: WorkflowService
    private let intake: MessageIntake
    private let time = SystemTime()

    init(in folder: String) throws {
        let database = try Database(at: "\(folder)/workflows.sqlite")
        queues = try SQLiteTaskQueue(database)
        journal = try SQLiteJournal(database, queue: queues)
        // The next process must not wait long for the messages of one that was killed, nor give any up for the kills.
        var settings = QueueSettings()
        settings.visibilityTimeout = .seconds(1)
        settings.maxRetries = 1_000
        settings.retryBaseDelay = .milliseconds(5)
        settings.retryMaxDelay = .milliseconds(50)
        try queues.createQueue(Worker.mail, settings, at: time.now)
        service = WorkflowService(
            journal: journal, handlers: Worker.handlers(try EffectFolder(in: folder)), time: time,
            capacity: KillPlan.capacity, plans: try KillPlan.allCases.map { try $0.plan })
        intake = MessageIntake(
            from: Worker.mail, MessageIntake.Routes([:], otherwise: KillPlan.chain.rawValue), queues: queues,
            service: service, time: time)
    }

    /// Serves until `finish` was asked for and nothing is left to do.
    func serve(_ requests: AsyncStream<String>) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await service.run() }
            group.addTask { try await intake.run(pause: .milliseconds(5)) }
            group.addTask { try await answer(requests) }
            // Nobody but the last of the three comes to an end without an error.
            try await group.next()
            group.cancelAll()
        }
    }

    private func answer(_ requests: AsyncStream<String>) async throws {
        Worker.say("ready")
        try await withThrowingDiscardingTaskGroup { group in
            for await line in requests {
                let words = line.split(separator: " ").map(String.init)
                if words == ["finish"] { break }
                group.addTask { try await take(words) }
            }
        }
        while try !isDone { try await time.sleep(for: .milliseconds(5)) }
        Worker.say("done")
        exit(0)
    }

    private var isDone: Bool {
        get throws {
            try journal.openRuns().isEmpty
                && queues.status(of: [Worker.mail], including: nil, at: time.now).totalMessages == 0
        }
    }

    private func take(_ words: [String]) async throws {
        switch (words.first, words.count) {
        case ("start", 3):
            do {
                try await service.start(RunRequest(words[2], as: RunID(words[1])))
            } catch let refusal as EngineRefusal where refusal.code == .runExists {}
        case ("send", 2):
            try queues.enqueue([NewMessage(MessageID(words[1]), kind: "order")], to: Worker.mail, at: time.now)
        default: throw TaskFailure("the request '\(words)' makes no sense")
        }
        Worker.say("ok \(words[1])")
    }

    private static func handlers(_ effects: EffectFolder) -> TaskHandlers {
        var handlers = TaskHandlers()
        handlers.add("quick") { try Worker.perform($0, effects) }
        handlers.add("slow") { order in
            let wait = 1 + Fingerprint.of(order.idempotencyKey) % 3
            try await SystemTime().sleep(for: .milliseconds(Int(wait)))
            return try Worker.perform(order, effects)
        }
        handlers.add("flaky") { order in
            guard order.key.attempt > 1 else { throw TaskFailure("the first try fails") }
            return try Worker.perform(order, effects)
        }
        handlers.add("last") { order in
            guard !KillPlan.fails(order.key.run.text) else { throw TaskFailure("odd", mayRetry: false) }
            return try Worker.perform(order, effects)
        }
        return handlers
    }

    private static func perform(_ order: TaskOrder, _ effects: EffectFolder) throws -> Value {
        try effects.perform(order.idempotencyKey)
        return ["key": .text(order.idempotencyKey)]
    }

    /// Writes a line at once: what is said is with the reader even when the process dies right after.
    private static func say(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        if write(1, bytes, bytes.count) != bytes.count { exit(2) }
    }
}
