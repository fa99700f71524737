import Configuration
import Determinism
import TradingStore

extension AuditCommand {
    /// The signed heads that a record is held against: those of `--heads`, else those beside the run, where there are some.
    static func signedHeads(_ call: Invocation) throws -> [SignedHead] {
        let isFile = try call.arguments[file] != nil
        if let path = try call.arguments[heads] {
            let found = try HeadFolder(path).heads(by: try checkingKey(call))
            guard !found.isEmpty else {
                throw CommandFailure("\(path) holds no signed heads; they are named *.note", code: "not_found")
            }
            let origins = Set(found.map(\.origin)).sorted()
            let own = try isFile ? origins.first : origin(call)
            guard origins == [own] else {
                throw CommandFailure(
                    "\(path) holds heads of \(origins.joined(separator: ", ")), not of \(own ?? "one run") alone",
                    code: "another_run")
            }
            return found
        }
        guard !isFile else { return [] }
        let folder = HeadKeeper.folder(of: try runFolder(call))
        guard FileBytes.exists(folder.path) else { return [] }
        let path = AuditKey.path(try LoadedSettings.load(call))
        guard try call.arguments[key] != nil || FileBytes.exists(path) else {
            call.console.note("signed heads were not checked: \(path) is missing; name the public key with --key")
            return []
        }
        return try folder.heads(by: try checkingKey(call))
    }

    static func sign(_ call: Invocation) async throws -> ExitCode {
        let settings = try LoadedSettings.load(call)
        let folder = try runFolder(call)
        let store = try DeskStore(ofHome: folder.path)
        guard let stored = try store.runs(limit: 1).first else {
            throw CommandFailure("nothing was recorded in \(folder.path) yet", code: "not_found")
        }
        let means = HeadKeeper.Means(
            signer: try AuditKey.make(AuditKey.path(settings)), anchor: settings.settings.audit.anchor,
            time: SystemTime())
        let keeper = HeadKeeper(means, folder, run: stored.id, began: stored.started)
        let signed = try keeper.sign(try store.audit.head, at: means.time.now)
        if let trouble = keeper.trouble { call.console.note("not kept at the anchor: \(trouble)") }
        try call.console.isJSON
            ? call.console.print([
                "type": "signed_head", "origin": .text(signed.origin), "head": .text("\(signed.head)"),
                "note": .text("\(signed.note)"), "key": .text("\(means.signer.key)"),
            ])
            : call.console.print(String("\(signed.note)".dropLast()))
        return .done
    }

    static func printKey(_ call: Invocation) async throws -> ExitCode {
        let key = try AuditKey.make(AuditKey.path(try LoadedSettings.load(call))).key
        try call.console.isJSON
            ? call.console.print(["type": "audit_key", "key": .text("\(key)")]) : call.console.print("\(key)")
        return .done
    }

    private static func runFolder(_ call: Invocation) throws -> RunFolder {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        return try RunFolder.find(try call.arguments[run], home: home.path)
    }

    /// The name that the run's heads are signed under; nil where nothing was recorded.
    private static func origin(_ call: Invocation) throws -> String? {
        let stored = try DeskStore(ofHome: runFolder(call).path).runs(limit: 1).first
        return stored.map { HeadKeeper.origin(of: $0.id, began: $0.started) }
    }

    private static func checkingKey(_ call: Invocation) throws -> NoteKey {
        if let text = try call.arguments[key] {
            guard let key = NoteKey(text) else {
                throw UsageError("'\(text)' is no public key; allowed: what 'bellwether audit key' prints")
            }
            return key
        }
        let path = AuditKey.path(try LoadedSettings.load(call))
        guard let signer = try AuditKey.read(path) else {
            throw CommandFailure(
                "\(path) is missing, so that signed heads cannot be checked; name the public key with --key",
                code: "not_found")
        }
        return signer.key
    }
}
