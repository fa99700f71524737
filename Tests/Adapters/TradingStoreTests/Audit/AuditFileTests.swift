import Foundation
import ScratchFolders
import Storage
import Testing

@testable import TradingStore

@Suite struct AuditFileTests {
    private let folder: ScratchFolder
    private let file: URL
    private let head: AuditHead

    init() throws {
        folder = try ScratchFolder()
        file = URL(fileURLWithPath: folder.file("audit.jsonl"))
        let sample = try TamperedLog()
        head = try sample.log.head
        #expect(try sample.log.export(to: file) == 10)
    }

    @Test func `an exported file is well`() throws {
        #expect(try verify() == AuditVerification(head: head, fault: nil))
        #expect(try AuditFile.verify(file).fault == nil)
    }

    @Test func `a large file is exported and verified piece by piece`() throws {
        let log = try AuditLog(Database(inMemory: []), desk: "desk-a")
        try log.append(AuditEntry.samples(1...3000))
        #expect(try log.export(to: file) == 3000)
        #expect(try AuditFile.verify(file, desk: "desk-a").head == log.head)
    }

    @Test(arguments: [
        (#""number":4"#, #""number":5"#), (#""kind":"order""#, #""kind":"orders""#), (#""time":4000"#, #""time":4001"#),
        (#""run":"run-1""#, #""run":"run-2""#), (#""kind""#, #""kin""#), ("{", "["),
    ])
    func `finds a changed line`(old: String, new: String) throws {
        var lines = try lines()
        lines[3] = lines[3].replacingOccurrences(
            of: old.replacingOccurrences(of: #""number""#, with: #"\"number\""#),
            with: new.replacingOccurrences(of: #""number""#, with: #"\"number\""#))
        try write(lines)
        let fault = try #require(try verify().fault)
        #expect((fault.kind, fault.sequence) == (.changed, 4))
    }

    @Test(arguments: [0, 4]) func `finds a removed line`(index: Int) throws {
        var lines = try lines()
        lines.remove(at: index)
        try write(lines)
        let fault = try #require(try verify().fault)
        #expect(fault.kind == .removed)
        #expect(fault.sequence == Int64(index + 1))
    }

    @Test func `a file of the later records is verified from where it begins`() throws {
        let sample = try TamperedLog()
        #expect(try sample.log.export(to: file, from: 6) == 5)
        #expect(try AuditFile.verify(file, from: 6, desk: "desk-a", expecting: [head]).fault == nil)
        #expect(try AuditFile.verify(file, desk: "desk-a").fault.map { [$0.kind] } == [.removed])
        #expect(try AuditFile.verify(file, from: 5).fault.map { [$0.sequence] } == [5])
    }

    @Test func `finds a cut end by an expected head`() throws {
        try write(lines().dropLast(2))
        #expect(try AuditFile.verify(file, desk: "desk-a").fault == nil)
        let fault = try #require(try verify().fault)
        #expect((fault.kind, fault.sequence) == (.removed, 9))
    }

    @Test func `finds a repeated line and lines that changed places`() throws {
        var lines = try lines()
        lines.insert(lines[3], at: 4)
        try write(lines)
        #expect(try verify().fault.map { [$0.kind] } == [.inserted])
        lines.remove(at: 4)
        lines.swapAt(2, 6)
        try write(lines)
        let fault = try #require(try verify().fault)
        #expect((fault.kind, fault.sequence) == (.reordered, 3))
    }

    @Test func `finds another desk's file`() throws {
        let fault = try #require(try AuditFile.verify(file, desk: "desk-b").fault)
        #expect((fault.kind, fault.sequence) == (.changed, 1))
    }

    @Test func `refuses an empty or absent file`() throws {
        try write([])
        #expect(throws: AuditError.self) { try AuditFile.verify(file) }
        #expect(throws: AuditError.self) { try AuditFile.verify(URL(fileURLWithPath: "/nowhere/a")) }
        #expect(throws: AuditError.self) { try TamperedLog().log.export(to: URL(fileURLWithPath: "/nowhere/a")) }
    }

    private func verify() throws -> AuditVerification {
        try AuditFile.verify(file, desk: "desk-a", expecting: [head])
    }

    private func lines() throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private func write(_ lines: some Sequence<String>) throws {
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: file)
    }
}
