import Telemetry
import Testing

@Suite struct LogLevelTexts {
    @Test func `reads a level for all and others by component`() throws {
        let levels = try LogLevels(parsing: "warning, http=debug,http.client = ERROR")
        #expect(levels.level(of: "engine") == .warning)
        #expect(levels.level(of: "http") == .debug)
        #expect(levels.level(of: "http.server") == .debug)
        #expect(levels.level(of: "http.client.pool") == .error)
        #expect(levels.level(of: "https") == .warning)
        #expect(try LogLevels(parsing: "http=debug").standard == .info)
    }

    @Test(arguments: ["", "loud", "info,", "info,debug", "=debug", "a=info,a=debug", "http=", "a=b=info"])
    func `refuses what it cannot read and says what is allowed`(_ text: String) {
        let error = #expect(throws: TelemetryError.self) { try LogLevels(parsing: text) }
        #expect(error?.code == .badLevel)
        #expect(error?.message.contains("Allowed:") == true || error?.message.contains("Write it like") == true)
    }
}
