import Testing

@testable import Telemetry

/// The work grows with the length of the text alone, which is counted and not timed.
@Suite struct RedactionWork {
    static let hostile = [
        "a", " ", "%", "\\", "\"", "=", ":", "-", "token", "token ", "token:", "token=\"", "token:[", "token: '", "://",
        "://a:b", "://a:b@", "://a:b/@", "eyJ.", "eyJa.eyJb ", "eyJ", "bw_", "-bw_", "sk-", "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----", "bearer ", "basic ", "basic dXNl/", "basic\t",
        "%41", "%2541", "\\u0041", "\\\\", "\\\"token\\\":", "authorization: ", "\"password: ", "secre", "secret",
        "aaaaaaaab", "password = ", "token\\", "'token", "--token ", "AAAA", "c2VjcmV0",
    ]

    private func steps(_ unit: String, count: Int) -> Int {
        let redactor = Redactor()
        redactor.register("secretsecret")
        redactor.register("aaaaaaaaaaaaaaaaaaaaaaaac")
        return redactor.counted(String(repeating: unit, count: count)).steps
    }

    @Test(arguments: hostile)
    func `takes ten times the steps for ten times the text`(_ unit: String) {
        // Whole tens of pairs, so that both texts close the quotes they open.
        let count = 40_000 / unit.utf8.count / 20 * 20
        let many = steps(unit, count: count)
        #expect(many < 40 * count * unit.utf8.count)
        #expect(many < 12 * steps(unit, count: count / 10))
    }

    @Test(arguments: ["token=\"", "-----BEGIN CERTIFICATE-----", "://a:b/@", "\\\"token\\\":"])
    func `stays linear on a megabyte made to hurt`(_ unit: String) {
        let count = 1_000_000 / unit.utf8.count
        #expect(steps(unit, count: count) < 40 * count * unit.utf8.count)
    }

    @Test func `looks at an ordinary line about twice`() {
        let line = "order filled symbol=SPY quantity=100 price=512.25 venue=paper"
        let (text, steps) = Redactor().counted(line)
        #expect(text == line)
        #expect(steps < 3 * line.utf8.count)
    }

    @Test func `finds the same at the end of a long text as at its start`() {
        let redactor = Redactor()
        redactor.register("hunter22")
        let long = String(repeating: "nothing to see here, ", count: 20_000)
        #expect(redactor.redact(long + "hunter22 password=x") == long + "[redacted] password=[redacted]")
    }
}
