public import DeskCommands
import Foundation
import Storage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How a person's terminal finds and proves itself to the process that serves a home: `server.json`, which only the
/// owner of the home can read.
public struct LocalToken: Sendable, Hashable, Codable {
    /// The process that serves.
    public let pid: Int32
    /// Where it listens, such as `http://127.0.0.1:8080`.
    public let url: String
    /// What the terminal sends as its key.
    public let token: String

    /// Where the file is in a home.
    public static func path(inHome home: String) -> String { "\(home)/server.json" }

    /// Makes a new token for this process and writes the file; the newest process to serve is the one that is found.
    public static func publish(url: String, home: String) throws -> LocalToken {
        let token = LocalToken(pid: getpid(), url: url, token: "local_\(SecretText.make().text)")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try PrivateFile.write([UInt8](encoder.encode(token)), to: path(inHome: home))
        return token
    }

    /// Removes the file where it is still this one's.
    public func withdraw(home: String) throws {
        guard try LocalToken.stored(home: home) == self else { return }
        unlink(LocalToken.path(inHome: home))
    }

    /// The process that serves a home; nil where none does. A file that a dead process left behind counts as none.
    ///
    /// Throws where others could have written or read the file.
    public static func find(home: String) throws -> LocalToken? {
        guard let found = try stored(home: home), found.isAlive else { return nil }
        return found
    }

    private static func stored(home: String) throws -> LocalToken? {
        guard let bytes = try PrivateFile.read(path(inHome: home)) else { return nil }
        do {
            return try JSONDecoder().decode(LocalToken.self, from: Data(bytes))
        } catch {
            throw AccessError(
                .damaged, "\(path(inHome: home)) cannot be read: \(error). Remove it and start the desk anew.")
        }
    }

    /// Whether the process that wrote the file lives; its right to be asked is proved by the token alone.
    private var isAlive: Bool { pid > 0 && (kill(pid, 0) == 0 || errno == EPERM) }

    /// Whether a text that a peer sent is this token, in a time that does not tell how much of it is right.
    public func matches(_ text: String) -> Bool {
        Digest.of(text.utf8).matches(Digest.of(token.utf8))
    }

    /// Who proves itself with the token: the person who owns the home, at a terminal.
    public func caller(named name: String) -> Caller { Caller(name, .admin, through: .terminal) }
}
