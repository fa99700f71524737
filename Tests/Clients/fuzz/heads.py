"""Cases of broken and odd HTTP, each made from a random source alone, so that a case can be made again from its number."""
import random

READS = ["/api/status", "/api/portfolio", "/api/quotes", "/api/risk", "/health/live", "/openapi.json", "/", "/metrics"]
METHODS = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT", "TRACE", "CONNECT", "get", "G", "GETGETGETGET"]
KEY = ["bw_none"]
JSON = b'{"name":"x","message":{"a":1}}'


class Case:
    """Bytes to send in pieces. `answers` is how many answers must come with 200, `refused` that one refusal must."""

    def __init__(self, kind, pieces, answers=None, refused=False):
        self.kind, self.pieces, self.answers, self.refused = kind, pieces, answers, refused


def head(source, method="GET", target=None, host="localhost", extra=(), version="HTTP/1.1", end=b"\r\n"):
    lines = [f"{method} {target or source.choice(READS)} {version}", f"Host: {host}", f"Authorization: Bearer {KEY[0]}"]
    return end.join(line if isinstance(line, bytes) else line.encode("latin-1") for line in [*lines, *extra]) + end * 2


def post(source, extra, body, target="/api/workflows/check"):
    lines = ["Content-Type: application/json", f"Idempotency-Key: fuzz-{source.getrandbits(64):016x}", *extra]
    return head(source, "POST", target, extra=lines) + body


def split(source, data):
    """The same bytes in some pieces."""
    cuts = sorted(source.randrange(len(data) + 1) for _ in range(source.randrange(0, 6)))
    return [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)]) if a < b]


def mutated(source):
    data = bytearray(source.choice([head(source), post(source, [f"Content-Length: {len(JSON)}"], JSON)]))
    for _ in range(source.randrange(1, 8)):
        at = source.randrange(len(data))
        action = source.randrange(6)
        if action == 0:
            data[at] = source.randrange(256)
        elif action == 1:
            del data[at : at + source.randrange(1, 6)]
        elif action == 2:
            data[at:at] = bytes(source.randrange(256) for _ in range(source.randrange(1, 6)))
        elif action == 3:
            data[at] ^= 1 << source.randrange(8)
        elif action == 4:
            data[at:at] = data[at : at + source.randrange(1, 40)]
        else:
            data[at:at] = source.choice([b"\r", b"\n", b"\r\n", b"\0", b" ", b"\t", b":", b"%", b"\xff", b"\r\n\r\n"])
        if not data:
            data = bytearray(b"\0")
    return Case("mutated", split(source, bytes(data)))


def noise(source):
    hello = source.choice([b"", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"])
    return Case("noise", split(source, hello + source.randbytes(source.randrange(1, 400))))


def pieces(source):
    count = source.randrange(1, 4)
    data = b"".join(head(source, target=source.choice(["/health/live", "/api/status"])) for _ in range(count))
    return Case("split writes and pipelining", split(source, data), answers=count)


def chunks(source):
    body, parts = JSON, []
    while body:
        size = source.randrange(1, 12)
        part, body = body[:size], body[size:]
        parts.append(f"{len(part):x}".encode() + source.choice([b"", b";a=b", b";x"]) + b"\r\n" + part + b"\r\n")
    good = b"".join(parts) + b"0\r\n\r\n"
    bad = source.choice(
        [
            good.replace(b"\r\n", b"\n"), b"-1\r\n" + good, b"ffffffffffffffff\r\n" + good, b"0x3\r\nabc\r\n0\r\n\r\n",
            b"3\r\nabcd\r\n0\r\n\r\n", b"3 \r\nabc\r\n0\r\n\r\n", b"\r\n" + good, b"1;" + b"a" * 70000 + b"\r\nx\r\n0\r\n\r\n",
            b"g\r\n", good[:-2] + b"A: b\r\nContent-Length: 3\r\n" * 200 + b"\r\n", b"00000000000000000000003\r\nabc\r\n0\r\n\r\n",
            b"3\r\nabc0\r\n\r\n", b"+3\r\nabc\r\n0\r\n\r\n", b"3\r\nabc\r\r\n0\r\n\r\n", b"80000000\r\n" + b"a" * 3000,
        ])
    data = post(source, ["Transfer-Encoding: chunked"], source.choice([good, bad]))
    return Case("chunk games", split(source, data))


def smuggling(source):
    hidden = head(source, target="/api/keys")
    size = len(JSON)
    lines, body = source.choice(
        [
            (["Content-Length: 4", "Transfer-Encoding: chunked"], b"0\r\n\r\n" + hidden),
            (["Transfer-Encoding: chunked", f"Content-Length: {size}"], JSON + hidden),
            (["Content-Length: 0", f"Content-Length: {size}"], JSON + hidden),
            ([f"Content-Length: {size}, {size + 1}"], JSON + hidden),
            ([f"Content-Length: +{size}"], JSON + hidden),
            ([f"Content-Length: -{size}"], JSON + hidden),
            ([f"Content-Length: 0x{size:x}"], JSON + hidden),
            (["Content-Length: 18446744073709551617"], b"a" + hidden),
            (["Content-Length : 4"], b"abcd" + hidden),
            (["Transfer-Encoding : chunked"], b"0\r\n\r\n" + hidden),
            (["Transfer-Encoding: xchunked"], b"0\r\n\r\n" + hidden),
            (["Transfer-Encoding: chunked, identity"], b"0\r\n\r\n" + hidden),
            (["Transfer-Encoding: identity, chunked"], b"0\r\n\r\n" + hidden),
            (["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], b"0\r\n\r\n" + hidden),
            (["Transfer-Encoding:\x0bchunked"], b"0\r\n\r\n" + hidden),
            (["X: y\r\n Transfer-Encoding: chunked"], b"0\r\n\r\n" + hidden),
            (["X: y\rTransfer-Encoding: chunked"], b"0\r\n\r\n" + hidden),
            (["X: y\nContent-Length: 0"], hidden),
            (["Content-Length: 5\x00"], b"abcde" + hidden),
            (["Host: evil.example"], b""),
            ([" Content-Length: 5"], b"abcde" + hidden),
        ])
    return Case("smuggling", split(source, post(source, lines, body)), refused=True)


def oddities(source):
    request = head(source, target="/api/status")
    data = source.choice(
        [
            request.replace(b"\r\n", b"\n"), request.replace(b"Host:", b"Host\x00:"), request.replace(b"Host", b"Ho st"),
            request.replace(b"\r\nHost: localhost", b""), request.replace(b"Host: localhost", b"Host: a b"),
            request.replace(b"Authorization:", b"X: folded\r\n\tline\r\nAuthorization:"),
            request.replace(b"HTTP/1.1", b"HTTP/9.9"), request.replace(b"HTTP/1.1", b"HTTP/1.10"),
            request.replace(b"HTTP/1.1", b"http/1.1"), request.replace(b" HTTP/1.1", b""),
            request.replace(b"GET ", b"GET  "), request.replace(b"GET ", b"GET\t"), request.replace(b"/api/", b"/api\x00/"),
            request.replace(b"/api/", b"/api\x80/"), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 9,
            request.replace(b"GET /api/status", b"GET /" + b"a" * 9000),
            request.replace(b"Host:", b"X: " + b"b" * 40000 + b"\r\nHost:"),
            request.replace(b"Host:", b"".join(b"X-%d: 1\r\n" % n for n in range(120)) + b"Host:"),
            request.replace(b"/api/status", b"*"), request.replace(b"GET /api/status", b"CONNECT localhost:80"),
        ])
    return Case("broken heads", split(source, data), refused=True)


def targets(source):
    target = source.choice(
        [
            "http://localhost/api/status", "http://evil.example/api/status", "http:///api/status", "//evil.example/api",
            "/api/%", "/api/%zz", "/api/%2", "/api/%00", "/api/%c0%af", "/api/%ff", "/%2e%2e/%2e%2e/etc/passwd",
            "/../../etc/passwd", "/assets/..%2f..%2fserver.json", "/assets/%2e%2e/access.sqlite", "/assets/....//x",
            "/assets//etc/passwd", "/assets/%5c..%5cx", "/api//status", "/api/./status", "/api/status/", "/api/status?",
            "/api/bars/" + "%41" * 500, "/api/status#x", "/api/status?a=%", "/api/quotes?limit=" + "9" * 400,
            "/api/orders?cursor=" + "A" * 4000, "/api/status?&&&=&=1&a", "/api/quotes?limit=%EF%BC%91", "/api;x=1/status",
            "/api/quotes?limit=1&limit=2", "/api/bars/%0d%0aX-Evil:1", "/login/%0d%0aSet-Cookie:a=b", "?", "api/status",
        ])
    data = head(source, source.choice(["GET", "HEAD", "OPTIONS", "DELETE"]), target)
    return Case("targets", split(source, data))


def bodies(source):
    body = source.choice(
        [
            b"[" * 5000, b'{"a":' * 3000, b"{" + b'"a":1,' * 5000 + b'"b":2}', b'{"document":"' + b"\\u0000" * 50 + b'"}', b"",
            b'{"document":1e999999}', b'{"document":"\xff\xfe"}', b"\xef\xbb\xbf{}", b"null", b'"x"', b"{}{}", b"{} x", b"'",
            b'{"document":"\\ud800"}', b'{"document": &a [*a]}', b'{"limit":' + b"9" * 5000 + b"}", source.randbytes(200),
            b'{"document":"' + b"a: &a [x,x]\\n" + b"b: &b [*a,*a,*a,*a]\\nc: [*b,*b,*b]" + b'"}',
        ])
    target = source.choice(["/api/workflows/check", "/api/workflows", "/api/orders", "/api/queues/x/messages", "/mcp"])
    method = source.choice(["POST", "PATCH", "DELETE"])
    lines = [f"Idempotency-Key: fuzz-{source.getrandbits(64):016x}", f"Content-Length: {len(body)}"]
    lines.append(source.choice(["Content-Type: application/json", "Content-Type: text/plain", "Content-Encoding: gzip"]))
    return Case("bodies", split(source, head(source, method, target, extra=lines) + body))


def headers(source):
    line = source.choice(
        [
            "If-None-Match: *", 'If-None-Match: "' + "x" * 3000, "If-None-Match: W/", "Range: bytes=0-0,-1,5-", "Expect: 100-continue",
            "Expect: 200-ok", "Connection: close, keep-alive, upgrade", "Upgrade: h2c", "traceparent: 00-" + "0" * 32 + "-1-01",
            "Accept-Encoding: gzip;q=NaN, *;q=", "Cookie: bellwether_session=" + "a" * 3000, "Cookie: ;;;=;a=", "Origin: null",
            "Sec-Fetch-Site: cross-site", "Bellwether-Tier: live", "Bellwether-Tier: \xfe", "Bellwether-Person: root",
            "X-HTTP-Method-Override: DELETE", "X-Forwarded-Host: evil.example", "Keep-Alive: timeout=99999999", "Te: trailers",
            "HTTP2-Settings: AAMAAABkAAQAAP__", "Content-Length: 0", "Date: " + "9" * 500, "Accept: " + "a/b," * 500,
        ])
    return Case("odd headers", split(source, head(source, source.choice(["GET", "HEAD"]), extra=[line])))


def unfinished(source):
    data = source.choice([head(source), post(source, ["Content-Length: 90000"], JSON)])
    return Case("broken off", [data[: source.randrange(1, len(data))]])


KINDS = [
    (mutated, 30), (noise, 8), (pieces, 12), (chunks, 10), (smuggling, 10), (oddities, 10), (targets, 8), (bodies, 8),
    (headers, 8), (unfinished, 6),
]


def case(source: random.Random) -> Case:
    """One case out of all kinds."""
    make = source.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
    return make(source)
