import Configuration
import Determinism
import Foundation
import TradingDesk
import WorkflowDocuments
import WorkflowModel

/// A workflow that a command line names: a file, or one that is kept.
enum WorkflowSource {
    static let argument = Argument.positional(
        "workflow", .text("NAME|FILE"), "A kept workflow, or a YAML or JSON file that describes some")

    /// Whether a word means a file.
    static func isFile(_ word: String) -> Bool {
        let looksLikeOne = word.contains("/") || [".yaml", ".yml", ".json"].contains { word.hasSuffix($0) }
        return looksLikeOne && FileBytes.exists(word)
    }

    /// The text of a file; throws where it cannot be read or is no text.
    static func text(of path: String) throws -> String {
        guard let text = String(validating: try bytes(of: path, limit: DocumentLimits.bytes), as: UTF8.self) else {
            throw CommandFailure("'\(path.escapingControls)' is no text in UTF-8", code: "unreadable")
        }
        return text
    }

    /// The bytes of a file; throws where it cannot be read or is larger than the limit.
    static func bytes(of path: String, limit: Int) throws -> [UInt8] {
        do throws(FileBytes.Problem) {
            return try FileBytes.read(path, limit: limit)
        } catch {
            throw error.asFailure(path)
        }
    }

    /// The file's own name, as messages have it.
    static func name(of path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }

    /// The version that a word names, kept before where it is a file's; of several workflows in a file the first.
    static func kept(_ word: String, version: Int? = nil, in home: WorkflowHome) throws -> StoredDefinition {
        guard isFile(word) else { return try home.library.definition(word, version: version) }
        let adopted = try home.library.adopt(try text(of: word), file: name(of: word), at: home.time.now)
        guard let first = adopted.first else {
            throw CommandFailure("\(word) describes no workflow", code: "document")
        }
        return first
    }

    /// What a word's definition says, without keeping anything.
    static func plan(_ word: String, version: Int? = nil, in home: WorkflowHome) throws -> WorkflowPlan {
        guard isFile(word) else {
            return try home.library.plan(home.library.definition(word, version: version))
        }
        let definitions = try home.library.definitions(try text(of: word), file: name(of: word))
        guard let first = definitions.first else {
            throw CommandFailure("\(word) describes no workflow", code: "document")
        }
        return try WorkflowPlan(first)
    }

    /// A value from JSON on the command line, or from a file after `@`.
    static func value(_ text: String) throws -> Value {
        let json = text.hasPrefix("@") ? try self.text(of: String(text.dropFirst())) : text
        do {
            return try Value(json: Array(json.utf8))
        } catch {
            throw UsageError("'\(text.prefix(60).description.escapingControls)' is no JSON, nor @ and a file of JSON")
        }
    }
}
