import Access
import Configuration
import Determinism
import Foundation
import TradingStore

extension AuditCommand {
    static func verify(_ call: Invocation) async throws -> ExitCode {
        guard try !call.arguments[access] else { return try verifyAccess(call) }
        let signed = try signedHeads(call)
        let expected = try signed.map(\.head) + noted(call)
        let result =
            if let path = try call.arguments[file] {
                try AuditFile.verify(URL(fileURLWithPath: path), expecting: expected)
            } else {
                try log(call).verify(expecting: expected)
            }
        if let fault = result.fault {
            throw CommandFailure("record \(fault.sequence): \(fault.message)", code: fault.kind.rawValue)
        }
        try tell(result.head, signed.count, call.console)
        return .done
    }

    private static func tell(_ head: AuditHead, _ signed: Int, _ console: Console) throws {
        guard !console.isJSON else {
            return try console.print([
                "type": "verified", "records": .integer(Int(head.sequence)), "head": .text("\(head)"),
                "signed_heads": .integer(signed),
            ])
        }
        try console.print("\(head.sequence) records are as they were written; head \(head)")
        if signed > 0 { try console.print("\(signed) signed heads agree") }
    }

    private static func noted(_ call: Invocation) throws -> [AuditHead] {
        guard let text = try call.arguments[head] else { return [] }
        guard let head = AuditHead(text) else { throw wrongHead(text) }
        return [head]
    }

    private static func wrongHead(_ text: String) -> UsageError {
        UsageError("'\(text)' is no head; allowed: a sequence number, a colon and 64 hexadecimal digits")
    }

    private static func verifyAccess(_ call: Invocation) throws -> ExitCode {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        let path = AccessStore.path(inHome: home.path)
        guard FileBytes.exists(path) else {
            throw CommandFailure("\(path) is missing: nothing was ever called in this home", code: "not_found")
        }
        let noted = try call.arguments[head].map { text in
            guard let noted = AccessHead(text) else { throw wrongHead(text) }
            return noted
        }
        let result = try AccessStore(home: home.path, time: SystemTime()).ledger.verify(expecting: noted)
        if let fault = result.fault { throw CommandFailure("the record of access: \(fault)", code: "damaged") }
        try call.console.isJSON
            ? call.console.print([
                "type": "verified", "records": .integer(Int(result.head.sequence)), "head": .text("\(result.head)"),
            ])
            : call.console.print("\(result.head.sequence) entries are as they were written; head \(result.head)")
        return .done
    }
}
