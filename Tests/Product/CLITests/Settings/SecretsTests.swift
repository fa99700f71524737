import Configuration
import Testing

@testable import CLI

@Suite struct SecretsTests {
    private func failure(_ folder: TemporaryFolder, _ environment: [String: String] = [:]) -> String? {
        do {
            _ = try Secrets.load(home: try HomeFolder(folder.path, environment: [:]), environment: environment)
            return nil
        } catch { return String(describing: error) }
    }

    @Test func `come from a private file, overridden by the environment`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("ALPACA_API_KEY: 007\nALPACA_SECRET_KEY: abc\n", to: "secrets.yaml", mode: 0o600)
        let home = try HomeFolder(folder.path, environment: [:])
        let secrets = try Secrets.load(home: home, environment: ["ALPACA_SECRET_KEY": "xyz"])
        #expect(secrets["ALPACA_API_KEY"]?.reveal() == "007")
        #expect(secrets["ALPACA_SECRET_KEY"]?.reveal() == "xyz")
        #expect(secrets["OPENROUTER_API_KEY"] == nil)
        #expect(!"\(secrets)".contains("xyz"))
    }

    @Test func `a file that others can read is refused with the way to mend it`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("ALPACA_API_KEY: x\n", to: "secrets.yaml", mode: 0o640)
        #expect(
            failure(folder) == "'\(file)' holds secrets and others can read it (mode 0640); run: chmod 600 '\(file)'")
    }

    @Test func `no message quotes a value`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "ALPACA_API_KY: hunter2\nOPENROUTER_API_KEY: [hunter3]\n", to: "s.yaml", mode: 0o600)
        let message = try #require(failure(folder, ["BELLWETHER_SECRETS": file]))
        #expect(message.contains("s.yaml:1:1: ALPACA_API_KY: no such secret; did you mean 'ALPACA_API_KEY'?"))
        #expect(message.contains("s.yaml:2:21: OPENROUTER_API_KEY: is no text; allowed: one value"))
        #expect(!message.contains("hunter"))
    }

    @Test func `without a file there are none, but a named one must exist`() throws {
        let folder = try TemporaryFolder()
        #expect(failure(folder) == nil)
        #expect(failure(folder, ["BELLWETHER_SECRETS": "/nowhere/s"]) == "there is no file '/nowhere/s'")
    }
}
