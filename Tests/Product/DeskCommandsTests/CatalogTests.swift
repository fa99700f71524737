import DeskCommands
import Testing

/// What every command must keep to, whatever it does.
@Suite struct CatalogTests {
    private let commands = CommandCatalog.commands

    @Test func `names, routes and tools are unique`() {
        #expect(repeated(commands.map(\.name)) == [])
        #expect(repeated(commands.map { "\($0.route.method.rawValue) \(shape($0.route.path))" }) == [])
        #expect(repeated(commands.compactMap(\.tool)) == [])
        for command in commands { #expect(CommandCatalog.command(command.name)?.name == command.name) }
    }

    @Test func `every part of a path is a field that must be given`() {
        for command in commands {
            let required = Set(command.fields.filter(\.isRequired).map(\.name))
            for parameter in command.route.parameters {
                #expect(required.contains(parameter), "\(command.name) has no field \(parameter)")
            }
        }
    }

    @Test func `fields are named once, described, and their standards fit`() {
        for command in commands {
            #expect(repeated(command.fields.map(\.name)) == [], "\(command.name)")
            for field in command.fields {
                #expect(!field.about.isEmpty && !field.about.hasSuffix("."), "\(command.name) \(field.name)")
                if let standard = field.standard {
                    #expect(field.schema.faults(in: standard).isEmpty, "\(command.name) \(field.name)")
                }
            }
            #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."), "\(command.name)")
        }
    }

    @Test func `what a query asks can be written in an address`() {
        for command in commands where command.isQuery {
            for field in command.fields { #expect(isFlat(field.schema), "\(command.name) \(field.name)") }
        }
    }

    @Test func `shapes of one name are the same everywhere`() {
        var shapes: [String: ValueSchema] = [:]
        for command in commands {
            for (name, shape) in command.answer.namedShapes {
                #expect(shapes[name] == nil || shapes[name] == shape, "\(command.name) \(name)")
                shapes[name] = shape
            }
        }
        #expect(shapes.count > 30)
    }

    @Test func `the seeds' tools are there with their fields`() throws {
        let seeds: [String: [String]] = [
            "workflow_create": ["name", "description", "steps", "triggers", "priority", "metadata"],
            "workflow_execute": ["workflow_id", "input_data", "async"],
            "workflow_status": ["workflow_id", "execution_id", "include_metrics"],
            "workflow_list": ["status", "limit", "offset"],
            "workflow_update": ["workflow_id", "updates"],
            "workflow_queue_status": ["queue_name", "include_messages"],
            "workflow_audit_trail": ["workflow_id", "limit", "start_time"],
            "workflow_agent_assign": ["workflow_id", "task_id", "step", "agent_type", "use_vector_similarity"],
        ]
        for (tool, fields) in seeds {
            let command = try #require(commands.first { $0.tool == tool }, "\(tool)")
            #expect(Set(fields).isSubset(of: command.fields.map(\.name)), "\(tool)")
        }
    }

    @Test func `no model is offered to confirm, to approve, or to make keys`() {
        for command in commands where command.name.hasPrefix("confirmations.") || command.name.hasPrefix("keys.") {
            #expect(command.tool == nil, "\(command.name)")
        }
        #expect(CommandCatalog.command("runs.approve")?.tool == nil)
        #expect(CommandCatalog.command("queues.purge")?.tool == nil)
    }

    private func repeated(_ texts: [String]) -> [String] {
        Dictionary(grouping: texts) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }

    /// A path without the names of its parts: two that differ in those alone cannot be told apart.
    private func shape(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }.joined(separator: "/")
    }

    private func isFlat(_ schema: ValueSchema) -> Bool {
        switch schema {
        case .boolean, .integer, .number, .text: true
        case .list(let element, _): isFlat(element)
        case .nullable(let inner), .named(_, let inner): isFlat(inner)
        case .any, .object, .map: false
        }
    }
}
