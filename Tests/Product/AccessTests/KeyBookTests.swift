import DeskCommands
import Determinism
import Foundation
import ScratchFolders
import Storage
import Testing

@testable import Access

@Suite struct KeyBookTests {
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_800_000_000_000_000_000))

    private func store(_ folder: ScratchFolder) throws -> AccessStore { try AccessStore(home: folder.path, time: time) }

    private func memory() throws -> AccessStore {
        AccessStore(try Database(inMemory: AccessStore.migrations), time: time)
    }

    @Test func `a key tells who calls, and through which face`() throws {
        let book = try memory().keyBook
        let made = try book.create(KeyWish("robot", .trader, tier: .paper))
        #expect(made.text.hasPrefix("bw_\(made.key.id)_"))
        #expect(made.text.utf8.count == 59)
        let caller = try #require(try book.caller(of: made.text, through: .rest))
        #expect(caller == Caller("robot", .trader, through: .rest, tier: .paper))
        #expect(!caller.isPerson)
    }

    @Test func `a key without a tier only looks when a model uses it`() throws {
        let book = try memory().keyBook
        let made = try book.create(KeyWish("robot", .admin))
        #expect(try book.caller(of: made.text, through: .mcp)?.tier == .read)
        #expect(try book.caller(of: made.text, through: .rest)?.tier == nil)
    }

    @Test func `any changed, cut or lengthened character of a key makes it unknown`() throws {
        let book = try memory().keyBook
        let text = try book.create(KeyWish("robot", .trader)).text
        for place in text.indices {
            var other = text
            other.replaceSubrange(place...place, with: text[place] == "A" ? "B" : "A")
            #expect(try book.caller(of: other, through: .rest) == nil, "\(place)")
        }
        for other in ["", "bw_", "bw__", String(text.dropLast()), text + "A", " " + text, text.uppercased()] {
            #expect(try book.caller(of: other, through: .rest) == nil, "\(other)")
        }
        #expect(try book.caller(of: text, through: .rest) != nil)
    }

    @Test func `a key ends at its time`() throws {
        let book = try memory().keyBook
        let made = try book.create(KeyWish("robot", .trader, expires: time.now + .seconds(60)))
        time.advance(by: .seconds(59))
        #expect(try book.caller(of: made.text, through: .rest) != nil)
        time.advance(by: .seconds(1))
        #expect(try book.caller(of: made.text, through: .rest) == nil)
    }

    @Test func `a revoked key is refused at once here, and within a second in other processes`() throws {
        let folder = try ScratchFolder()
        let (here, there) = (try store(folder).keyBook, try store(folder).keyBook)
        let made = try here.create(KeyWish("robot", .trader))
        #expect(try here.caller(of: made.text, through: .rest) != nil)
        #expect(try there.caller(of: made.text, through: .rest) != nil)
        #expect(try here.revoke(made.key.id))
        #expect(try here.caller(of: made.text, through: .rest) == nil)
        time.advance(by: .seconds(1))
        #expect(try there.caller(of: made.text, through: .rest) == nil)
        #expect(try !here.revoke(made.key.id))
        #expect(try here.list().first?.revoked != nil)
    }

    @Test func `a key is known without the file once it was used, within a second`() throws {
        let folder = try ScratchFolder()
        let (here, there) = (try store(folder), try store(folder))
        let made = try here.keyBook.create(KeyWish("robot", .trader))
        _ = try there.keyBook.caller(of: made.text, through: .rest)
        let other = try Database(at: AccessStore.path(inHome: folder.path))
        try other.write { _ = try $0.run("DELETE FROM access_key") }
        #expect(try there.keyBook.caller(of: made.text, through: .rest) != nil)
    }

    @Test func `a name serves one key in use`() throws {
        let book = try memory().keyBook
        let first = try book.create(KeyWish("robot", .trader))
        #expect(throws: CommandProblem.self) { try book.create(KeyWish("robot", .viewer)) }
        #expect(try book.revoke(first.key.id))
        _ = try book.create(KeyWish("robot", .viewer))
        for name in ["", String(repeating: "a", count: 61), "a\nb", "a\u{1b}[31m"] {
            #expect(throws: CommandProblem.self, "\(name)") { try book.create(KeyWish(name, .viewer)) }
        }
    }

    @Test func `a serving process writes once a minute when a key was used last`() async throws {
        let folder = try ScratchFolder()
        let (here, there) = (try store(folder), try store(folder))
        let made = try here.keyBook.create(KeyWish("robot", .trader))
        let serving = Task { try await here.run() }
        let due = await time.nextDeadline()
        #expect(due == time.now + .seconds(60))
        for _ in 0..<3 {
            time.advance(by: .seconds(10))
            _ = try here.keyBook.caller(of: made.text, through: .rest)
        }
        let last = time.now
        #expect(try there.keyBook.list().first?.lastUsed == nil)
        time.advance(to: due)
        _ = await time.nextDeadline()
        #expect(try there.keyBook.list().first?.lastUsed == last)
        time.advance(by: .seconds(10))
        _ = try here.keyBook.caller(of: made.text, through: .rest)
        serving.cancel()
        _ = await serving.result
        #expect(try there.keyBook.list().first?.lastUsed == time.now)
    }

    @Test func `the file holds no secret, and only its owner can read it`() throws {
        let folder = try ScratchFolder()
        let store = try store(folder)
        let made = try store.keyBook.create(KeyWish("robot", .trader))
        let link = try store.sessionBook.createLink(for: Person("ada", .admin))
        let session = try #require(try store.sessionBook.redeem(link))
        let secrets = [String(made.text.suffix(43)), link, session.token, session.changeToken]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let path = folder.file(name)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)") }
        }
    }

    @Test func `a file that others could read is closed to them`() throws {
        let folder = try ScratchFolder()
        _ = try store(folder)
        let path = AccessStore.path(inHome: folder.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        _ = try store(folder)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }

    @Test func `hashes compare as equal only where every byte is, wherever the difference lies`() throws {
        let bytes = Digest.of("secret".utf8).bytes
        let digest = try #require(Digest(bytes: bytes))
        #expect(digest.matches(digest))
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 1
            #expect(!digest.matches(try #require(Digest(bytes: other))), "byte \(place)")
        }
    }

    @Test func `secrets are 43 characters of base64url and never the same`() {
        let secrets = (0..<200).map { _ in SecretText.make().text }
        #expect(Set(secrets).count == 200)
        #expect(secrets.allSatisfy { SecretText($0) != nil })
        #expect(SecretText.encoded([0xFB, 0xFF, 0xFE]) == "-__-")
        #expect(SecretText.encoded([0xFF]) == "_w")
        #expect(SecretText.encoded([0x4D, 0x61]) == "TWE")
    }
}
