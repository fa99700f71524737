import Determinism
import Foundation
import ScratchFolders
import Storage
import Testing
import TradingStore

@testable import CLI

@Suite("Signed heads of runs") struct HeadKeeperTests {
    private let home: ScratchFolder
    private let signer: NoteSigner
    private let time = ManualTime()
    private let began = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    init() throws {
        home = try ScratchFolder()
        signer = try #require(NoteSigner(name: "bellwether", key: .random()))
    }

    private func keeper(anchor: String? = nil) -> HeadKeeper {
        HeadKeeper(
            HeadKeeper.Means(signer: signer, anchor: anchor, time: time), RunFolder(home: home.path, run: "run-1"),
            run: "run-1", began: began)
    }

    private func head(_ sequence: Int64) -> AuditHead {
        AuditHead(sequence: sequence, hash: Digest.of([UInt8(truncatingIfNeeded: sequence)]))
    }

    private func kept() throws -> [Int64] {
        try HeadKeeper.folder(of: RunFolder(home: home.path, run: "run-1")).heads(by: signer.key).map(\.head.sequence)
    }

    @Test func `signs the first, then after many records or an hour, and at the end`() throws {
        let keeper = keeper()
        try keeper.keep(head(10))
        try keeper.keep(head(11))
        try keeper.keep(head(4106))
        #expect(try kept() == [10, 4106])
        time.advance(by: .seconds(3600))
        try keeper.keep(head(4106))
        try keeper.keep(head(4107))
        try keeper.keep(head(4108))
        try keeper.keep(head(4109), isLast: true)
        try keeper.keep(head(4109), isLast: true)
        #expect(try kept() == [10, 4106, 4107, 4109])
    }

    @Test func `the anchor gets the same notes, in a folder for the run and its beginning`() throws {
        try keeper(anchor: "\(home.path)/anchor").keep(head(10))
        let anchor = HeadFolder("\(home.path)/anchor/run-1/1700000000")
        let heads = try anchor.heads(by: signer.key)
        #expect(heads.map(\.head) == [head(10)])
        #expect(heads.map(\.origin) == ["bellwether/run-1/1700000000"])
    }

    @Test func `an anchor that cannot be written is told, and stops nothing`() throws {
        try Data().write(to: URL(fileURLWithPath: "\(home.path)/file"))
        let keeper = keeper(anchor: "\(home.path)/file/anchor")
        try keeper.keep(head(10))
        #expect(try kept() == [10])
        #expect(keeper.trouble?.contains("anchor") == true)
    }

    @Test func `a run that comes to its end leaves a head of all its records`() throws {
        let desk = try SmallDesk(days: 6)
        let means = HeadKeeper.Means(signer: signer, anchor: nil, time: time)
        let stored = try StoredRun(
            desk.folder(home.path), configuration: [], at: Timestamp(nanoseconds: 0), heads: means)
        var runner = try desk.runner(stored)
        while try runner.handleNext(QuietDisplay()) {}
        _ = try runner.finish()
        let heads = try HeadKeeper.folder(of: stored.folder).heads(by: signer.key)
        #expect(try heads.last?.head == stored.audit.head)
        #expect(try stored.audit.verify(expecting: heads.map(\.head)).fault == nil)
    }

    @Test func `a run that was put aside is verified against its own heads, wherever they are kept`() throws {
        let desk = try SmallDesk(days: 6)
        let means = HeadKeeper.Means(
            signer: try AuditKey.make("\(home.path)/audit.key"), anchor: "\(home.path)/anchor", time: time)
        let stored = try StoredRun(desk.folder(home.path), configuration: [], at: began, heads: means)
        var runner = try desk.runner(stored)
        while try runner.handleNext(QuietDisplay()) {}
        _ = try runner.finish()
        let run = stored.folder.run
        try stored.folder.putAside()
        let anchor = "\(home.path)/anchor/\(run)/1700000000"
        let verify = ["audit", "verify", "--run", "\(run).1", "--heads", anchor]
        let checked = try Binary.run(verify, home: home.path)
        #expect(checked.code == 0, "\(checked.errors)")
        #expect(checked.lines.contains { $0.contains("signed heads agree") || $0.contains("signed_heads") })
        let signed = try Binary.run(["audit", "sign", "--run", "\(run).1"], home: home.path)
        #expect(signed.lines.first == "bellwether/\(run)/1700000000", "\(signed.errors)")
    }

    @Test func `the key is made once, for its owner only, and another file is refused`() throws {
        let path = "\(home.path)/audit.key"
        let made = try AuditKey.make(path)
        #expect(try "\(AuditKey.make(path))" == "\(made)")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try Data("something\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: CommandFailure.self) { try AuditKey.make(path) }
    }
}
