import Foundation
import TaskQueues
import WorkflowModel

/// A queue that is to be made, or to be given other settings.
struct QueueMaking: Sendable {
    private static let settings: [(name: String, schema: ValueSchema, about: String)] = [
        ("max_retries", .integer(0...1000), "How often a message is tried again"),
        ("visibility_timeout", seconds, "How long whoever has a message may take, in seconds"),
        ("message_retention", seconds.orNull, "How long a message is kept, in seconds; null for as long as it takes"),
        ("batch_size", .integer(1...10_000), "How many messages are handed out at once at most"),
        ("ordering", .choice(["FIFO", "none"]), "In what order messages go out"),
        ("deduplication", .boolean, "Whether a message whose name was taken before is left out"),
        ("capacity", .integer(1...1_000_000_000).orNull, "How many it holds before it refuses more; null for no limit"),
        ("max_in_flight", .integer(1...1_000_000_000).orNull, "How many may be handed out at once; null for no limit"),
        ("rate_limit", rate.orNull, "How many messages go out in how many seconds; null for no limit"),
        ("retry_base_delay", wait, "The wait after a first failed attempt, in seconds; it doubles"),
        ("retry_max_delay", wait, "The longest wait after a failed attempt, in seconds"),
        ("success_queue", queue, "Where a record of every message that is done goes; null for nowhere"),
        ("error_queue", queue, "Where a record of every failed attempt goes; null for nowhere"),
        ("dead_letter_queue", queue, "Where messages go that are given up; null where none is"),
    ]
    private static let seconds = ValueSchema.number(0.001...3_162_240_000)
    private static let wait = ValueSchema.number(0...3_162_240_000)
    private static let queue = ValueSchema.text(.init(maxLength: 200)).orNull
    private static let rate = ValueSchema.object([
        .init("messages", .integer(1...1_000_000)), .init("seconds", seconds),
    ])

    /// The settings as fields; each has its standard where it is left out.
    static let fields = settings.map { Field<Value>.value($0.name, $0.schema, $0.about).optional.description }

    static let schema = ValueSchema.object([
        .init("queue", .text), .init("result", .choice(["made", "changed", "unchanged"])),
        .init("settings", .named("QueueSettings", .object(settings.map { .init($0.name, $0.schema, $0.about) }))),
    ])

    private let name: QueueName
    private let wanted: QueueSettings

    /// The queue of some arguments; throws where the settings make no sense.
    init(_ arguments: CommandArguments, named name: String) throws {
        self.name = QueueName(name)
        let own = Set(QueueMaking.settings.map(\.name))
        let given = arguments.values.filter { own.contains($0.key) }.merging(["name": .text(name)]) { $1 }
        do {
            wanted = try JSONDecoder().decode(QueueDefinition.self, from: Data(Value.object(given).json())).settings
        } catch let error as DecodingError {
            throw CommandProblem(.invalid, "the settings cannot be read: \(error)")
        }
        let problems = wanted.problems(for: self.name)
        guard problems.isEmpty else { throw CommandProblem(.invalid, problems.joined(separator: "; ")) }
    }

    /// Makes it; the same call again changes nothing.
    func answer(_ context: CommandContext) throws -> Value {
        let queues = context.services.workflows.queues
        let isThere = try queues.queues().contains(name)
        let isSame = try isThere && queues.settings(of: name) == wanted
        if isThere, !isSame { try context.require(.administer, "changing the settings of '\(name)'") }
        if !isSame { try queues.createQueue(name, wanted, at: context.time) }
        return [
            "queue": .text(name.text), "result": isSame ? "unchanged" : isThere ? "changed" : "made",
            "settings": try Value(coding: wanted),
        ]
    }
}
