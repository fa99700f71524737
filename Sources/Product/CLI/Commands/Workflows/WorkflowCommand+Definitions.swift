import Configuration
import DeskCommands
import Determinism
import Foundation
import TradingDesk
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel
import WorkflowStore

extension WorkflowCommand {
    private static let file = Argument.positional("file", .path, "A YAML or JSON file that describes workflows")
    private static let files = Argument.repeatedPositional("files", .path, "YAML or JSON files that describe workflows")
    private static let note = Argument.option("note", .text, default: "", "What it is about, kept with the version")
    private static let testMode = Argument.flag("test-mode", "Allow types of work that only test runs simulate")

    static let create = Command(
        "create", "Keep the workflows of a file as first versions",
        discussion: "Refuses a name that is taken; 'workflow update' makes new versions.",
        takes: [file.parameter, note.parameter],
        examples: [.init("bellwether workflow create examples/workflows/trading-saga.yaml", "Keep a workflow")]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let path = try call.arguments[file]
        let made = try home.library.create(
            WorkflowSource.text(of: path), file: WorkflowSource.name(of: path), note: try call.arguments[note],
            at: home.time.now)
        if home.holder != nil { _ = try home.box.send(.reload, at: home.time.now) }
        for definition in made { try tell(definition, "keeps", home, call.console) }
        return .done
    }

    static let validate = Command(
        "validate", "Tell everything that is wrong with files, with line and column",
        takes: [files.parameter, testMode.parameter],
        examples: [.init("bellwether workflow validate my-workflow.yaml", "Every problem at once")]
    ) { call in
        let catalog = try call.arguments[testMode] ? nil : WorkflowHome.steps.catalog
        let options = WorkflowOptions.reading(catalog)
        var problems = 0
        for path in try call.arguments[files] {
            let reading = WorkflowDocument.read(try WorkflowSource.text(of: path), name: path, options: options)
            problems += reading.problems.count
            try tell(reading, path, call.console)
        }
        return problems == 0 ? .done : .failed
    }

    private static func tell(_ reading: DocumentReading, _ path: String, _ console: Console) throws {
        guard !console.isJSON else {
            let problems = reading.problems.map { problem -> JSONValue in
                [
                    "line": .integer(problem.line), "column": .integer(problem.column), "path": .text(problem.path),
                    "message": .text(problem.message),
                ]
            }
            return try console.print([
                "type": "validation", "file": .text(path), "valid": .bool(problems.isEmpty),
                "workflows": .list(reading.definitions.map { .text($0.name) }), "problems": .list(problems),
            ])
        }
        for problem in reading.problems { try console.print(problem.description.escapingControls) }
        let count = reading.problems.count
        let names = reading.definitions.map { "'\($0.name.escapingControls)'" }.joined(separator: ", ")
        guard count > 0 else { return try console.print("\(path): \(console.style("sound", .green)): \(names)") }
        try console.print(console.style("\(path): \(CountText.of(count, "problem"))", .red))
    }

    static let list = Command(
        "list", "List the kept workflows",
        examples: [.init("bellwether workflow list", "A table"), .init("bellwether workflow list --json", "Objects")]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let newest = try home.library.newest()
        guard !newest.isEmpty || call.console.isJSON else {
            try call.console.print("no workflow is kept yet; 'bellwether workflow create FILE' keeps one")
            return .done
        }
        let open = try home.journal.openRuns()
        var table = Table([
            .text("workflow"), .number("version"), .number("tasks"), .number("open runs"), .text("triggers"),
            .text("description"),
        ])
        for stored in newest {
            let plan = try home.library.plan(stored)
            let runs = open.count { $0.header.workflow == stored.name }
            if call.console.isJSON {
                try call.console.print(WorkflowLine.object(stored, plan, openRuns: runs))
            }
            let kinds = Set(plan.definition.triggers.map(\.type)).sorted().joined(separator: ", ")
            table.add([
                "\(stored.name)", "\(stored.version)", "\(plan.tasks.count)", "\(runs)", "\(kinds)",
                "\(plan.definition.description)",
            ])
        }
        if !call.console.isJSON {
            try call.console.print(table.lines(width: call.console.profile.width, style: call.console.style))
        }
        return .done
    }

    static let show = Command(
        "show", "Show a workflow's document and its versions", takes: [nameArgument.parameter, version.parameter],
        examples: [.init("bellwether workflow show trading-saga --version 1", "The first version")]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let name = try call.arguments[nameArgument]
        let stored = try home.library.definition(name, version: try call.arguments[version])
        let versions = try home.library.versions(of: name)
        guard !call.console.isJSON else {
            let plan = try home.library.plan(stored)
            let open = try home.journal.openRuns().count { $0.header.workflow == name }
            try call.console.print(
                WorkflowLine.object(stored, plan, openRuns: open, more: ["document": .text(stored.document)]))
            return .done
        }
        for version in versions {
            let from = version.changedFrom.map { ", from version \($0)" } ?? ""
            let note = version.note.isEmpty ? "" : ": \(version.note)"
            let line = "# version \(version.version), \(version.created)\(from)\(note)".escapingControls
            try call.console.print(call.console.style(line, version.version == stored.version ? .bold : .dim))
        }
        try call.console.output.write(stored.document)
        return .done
    }

    private static let format = Argument.option(
        "format", .oneOf(DocumentFormat.self, "FORMAT"), "How it is spelled, else as it was given")
    private static let target = Argument.option("to", .path, "A file to write, else standard output")

    static let export = Command(
        "export", "Write a workflow's document",
        takes: [nameArgument.parameter, version.parameter, format.parameter, target.parameter],
        examples: [.init("bellwether workflow export trading-saga --format json --to saga.json", "As JSON")]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let stored = try home.library.definition(
            try call.arguments[nameArgument], version: try call.arguments[version])
        let wanted = try call.arguments[format] ?? stored.format
        let text =
            wanted == stored.format
            ? stored.document : WorkflowDocument.write(try home.library.plan(stored).definition, as: wanted)
        guard let path = try call.arguments[target] else {
            try call.console.output.write(text)
            return .done
        }
        try OutputFile.write(Array(text.utf8), to: path)
        try call.console.isJSON
            ? call.console.print(["type": "exported", "file": .text(path), "version": .integer(stored.version)])
            : call.console.print("version \(stored.version) of '\(stored.name)' written to \(path)")
        return .done
    }

    private static let changes = Argument.repeatedOption(
        "set", .text("PATH=VALUE"), "What to change: steps[2].params.threshold=0.9; the value is JSON, else text")

    static let update = Command(
        "update", "Make a new version of a workflow; runs in flight keep theirs",
        discussion: "Says which runs are under way and what the new version means for each.",
        takes: [nameArgument.parameter, changes.parameter, note.parameter],
        examples: [
            .init(
                "bellwether workflow update alpaca-trading-workflow --set steps[2].params.threshold=0.9",
                "More caution")
        ]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let wanted = try call.arguments[changes].map(change)
        guard !wanted.isEmpty else { throw UsageError("nothing to change; give --set PATH=VALUE") }
        let made = try home.library.update(
            try call.arguments[nameArgument], Dictionary(wanted) { $1 }, note: try call.arguments[note],
            at: home.time.now)
        if home.holder != nil { _ = try home.box.send(.reload, at: home.time.now) }
        let affected = try home.library.affected(by: made)
        try tell(made, "makes", home, call.console, affected)
        return .done
    }

    private static func change(_ text: String) throws -> (String, Value) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw UsageError("'\(text.escapingControls)' is no change; write PATH=VALUE")
        }
        return (String(parts[0]), (try? Value(json: Array(parts[1].utf8))) ?? .text(String(parts[1])))
    }

    private static func tell(
        _ stored: StoredDefinition, _ verb: String, _ home: WorkflowHome, _ console: Console,
        _ affected: [AffectedRun]? = nil
    ) throws {
        let plan = try home.library.plan(stored)
        guard !console.isJSON else {
            let runs = (affected ?? []).map { JSONValue(WorkflowAnswer.value($0)) }
            let more: [String: JSONValue] = affected == nil ? [:] : ["affected_runs": .list(runs)]
            let open = try home.journal.openRuns().count { $0.header.workflow == stored.name }
            return try console.print(WorkflowLine.object(stored, plan, openRuns: open, more: more))
        }
        let name = console.style(stored.name.escapingControls, .bold)
        try console.print("\(verb) \(name) version \(stored.version): \(CountText.of(plan.tasks.count, "task"))")
        for run in affected ?? [] {
            let effect = run.isChanged ? console.style(run.effect, .yellow) : run.effect
            try console.print("  run \(run.run) of '\(run.workflow)': \(effect)")
        }
        if let affected, affected.isEmpty { try console.print("  no run is under way that it concerns") }
        let unknown = WorkflowHome.steps.unknownTypes(of: plan.definition)
        if !unknown.isEmpty {
            console.note("nobody does \(unknown.joined(separator: ", ")) yet: it runs in test mode only (--test-mode)")
        }
    }
}

/// Files that commands write.
enum OutputFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                "'\(path.escapingControls)' cannot be written: \(error.localizedDescription)", code: "unwritable")
        }
    }
}
