import Telemetry
import Testing

/// What looks like a secret is found without anybody having registered it.
@Suite struct RedactionPatterns {
    /// A text with a secret, and what must be left of it.
    static let table: [(text: String, clean: String)] = [
        ("Authorization: Bearer abc.def-123", "Authorization: [redacted]"),
        ("curl -H 'Authorization: Bearer abc' https://x.org/a", "curl -H 'Authorization: [redacted]' https://x.org/a"),
        (#"curl -H "X-Api-Key: abc123" https://x.org"#, #"curl -H "X-Api-Key: [redacted]" https://x.org"#),
        (
            "Proxy-Authorization: Digest username=\"bob\", response=\"6629\"\nnext",
            "Proxy-Authorization: [redacted]\nnext"
        ),
        ("sent bearer tok_en~1+/= and went on", "sent bearer [redacted] and went on"),
        ("with Basic dXNlcjpwYXNz here", "with Basic [redacted] here"),
        ("Cookie: session=abc; theme=dark", "Cookie: [redacted]"),
        ("APCA-API-SECRET-KEY: Zz9 next", "APCA-API-SECRET-KEY: [redacted] next"),
        ("APCA-API-KEY-ID=PK123", "APCA-API-KEY-ID=[redacted]"),
        ("GET /v1?symbol=SPY&api_key=k1&x=2", "GET /v1?symbol=SPY&api_key=[redacted]&x=2"),
        ("GET /v1?apikey=k1 HTTP/1.1", "GET /v1?apikey=[redacted] HTTP/1.1"),
        ("?access_token=k1#top", "?access_token=[redacted]"),
        ("password=hunter2", "password=[redacted]"),
        ("client_secret=s3", "client_secret=[redacted]"),
        (#"{"api_key":"k\"1","n":1}"#, #"{"api_key":"[redacted]","n":1}"#),
        (#"{"apiKey" : "k1", "n":1}"#, #"{"apiKey" : "[redacted]", "n":1}"#),
        (#"{"password":12345,"n":1}"#, #"{"password":"[redacted]","n":1}"#),
        (#"{"body":"{\"token\":\"k1\",\"n\":1}"}"#, #"{"body":"{\"token\":\"[redacted]\",\"n\":1}"}"#),
        (#"{"note":"password: a b","n":1}"#, #"{"note":"password: [redacted]","n":1}"#),
        ("api_key: k1 # mine", "api_key: [redacted] # mine"),
        ("passphrase: correct horse battery\nuser: bob", "passphrase: [redacted]\nuser: bob"),
        ("password: 'it''s'\nuser: bob", "password: '[redacted]'\nuser: bob"),
        ("['token': 'k1', 'n': 2]", "['token': '[redacted]', 'n': 2]"),
        ("desk --api-token k1 --paper", "desk --api-token [redacted] --paper"),
        ("url=https%3A%2F%2Fx%3Fapi_key%3Dk1%26n%3D2", "url=https%3A%2F%2Fx%3Fapi_key%3D[redacted]%26n%3D2"),
        ("key bw_abcdefghij0123456789 made", "key [redacted] made"),
        ("key=bw_abc-defghij_0123456789", "key=[redacted]"),
        ("OpenRouter sk-or-v1-0123456789abcdef", "OpenRouter [redacted]"),
        ("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1 end", "jwt [redacted] end"),
        ("postgres://bob:p%40ss@db:5432/x", "postgres://bob:[redacted]@db:5432/x"),
        ("redis://:pass@cache/0", "redis://:[redacted]@cache/0"),
        ("postgres://bob:p/w#d@db/x and more", "postgres://bob:[redacted]@db/x and more"),
        ("secret = a b c", "secret = [redacted]"),
        ("DB_PASSWORD_2=x", "DB_PASSWORD_2=[redacted]"),
        ("token: [a, b] end", "token: [redacted] end"),
        (#"token: [["a"], ["b"]] end"#, "token: [redacted] end"),
        (#"{"token":["a]","b"],"n":1}"#, #"{"token":"[redacted]","n":1}"#),
        ("Using API key: k1 now", "Using API key: [redacted] now"),
        ("broker.api.key=k1", "broker.api.key=[redacted]"),
        (#"["token": Optional("k1"), "n": 1]"#, #"["token": Optional("[redacted]"), "n": 1]"#),
        ("token: b'k1' end", "token: b'[redacted]' end"),
        ("password: |\n  a b\n  c\nuser: bob", "password: [redacted]\nuser: bob"),
        (#"{"a":"{\"token\":5,\"n\":1}"}"#, #"{"a":"{\"token\":\"[redacted]\",\"n\":1}"}"#),
        (#"{"note":"token=","n":"x"}"#, #"{"note":"token=","n":"x"}"#),
        (#"{"note":"say \"password: a b\" ok","n":1}"#, #"{"note":"say \"password: [redacted]\" ok","n":1}"#),
    ]

    @Test(arguments: table)
    func `takes the secret out and leaves the rest`(_ row: (text: String, clean: String)) {
        #expect(Redactor().redact(row.text) == row.clean)
    }

    @Test(arguments: table)
    func `changes nothing the second time`(_ row: (text: String, clean: String)) {
        #expect(Redactor().redact(row.clean) == row.clean)
    }

    @Test func `hides a private key whole, also on one line and without an end`() {
        let key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIB\nabc==\n-----END EC PRIVATE KEY-----"
        #expect(Redactor().redact("a\n\(key)\nb") == "a\n[redacted]\nb")
        let escaped = key.split(separator: "\n").joined(separator: "\\n")
        #expect(Redactor().redact(#"{"pem":"\#(escaped)","n":1}"#) == #"{"pem":"[redacted]","n":1}"#)
        #expect(Redactor().redact("-----BEGIN PRIVATE KEY-----\nMHc") == "[redacted]")
        let certificate = "-----BEGIN CERTIFICATE-----\nMHc\n-----END CERTIFICATE-----"
        #expect(Redactor().redact(certificate) == certificate)
    }

    @Test(arguments: [
        "order filled: 100 SPY at 512.25", "max_tokens=4096 completion_tokens: 12", "Basic checks passed; basic usage",
        "https://example.org:8443/a/b?c=d@e", "http://[::1]:80/x@y", "tokens: 5, secretary: bob",
        "task-abcdefghijklmnopqrstuv",
        "the password was changed", "bw_short", "eyJhbGciOi.x", #"{"token":null,"password":""}"#, "time 12:30:00",
        "idempotency_key=abc", "password:", "Grüße, 東京 €", "", "100%", "C:\\temp\\new", "\\u12",
    ])
    func `leaves alone what is no secret`(_ text: String) {
        #expect(Redactor().redact(text) == text)
    }
}
