"""Cases of broken and odd WebSocket frames, each made from a random source alone."""
import random

from heads import KEY, Case, head, split

LINES = [
    "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
]


def handshake(source):
    return head(source, target="/ws", extra=LINES)


def frame(source, payload=b"", opcode=1, fin=True, reserved=0, masked=True, length=None, form=None):
    """One frame; `length` is what it claims, `form` how many bytes it claims that in."""
    size = len(payload) if length is None else length
    form = form or (0 if size < 126 else 2 if size < 65536 else 8)
    first = bytes([(0x80 if fin else 0) | reserved << 4 | opcode])
    mark = 0x80 if masked else 0
    if form == 0:
        sized = bytes([mark | size])
    else:
        sized = bytes([mark | (126 if form == 2 else 127)]) + (size % (1 << 8 * form)).to_bytes(form, "big")
    if not masked:
        return first + sized + payload
    mask = source.randbytes(4)
    return first + sized + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def message(source):
    return source.choice(
        [
            b'{"op":"ping"}', b'{"op":"subscribe","topics":["quotes"]}', b'{"op":"subscribe","topics":["x"],"after":-1}',
            b'{"op":"call","id":"1","command":"status","arguments":{}}', b'{"op":"call","id":1}', b"{", b"[]", b"null", b"",
            b'{"op":"call","id":"2","command":"keys.create","arguments":{"name":"x","role":"admin"}}', b"[" * 3000,
            b'{"op":"subscribe","topics":["quotes"],"after":99999999999999999999}', b'{"op":"request_update"}',
            b'{"op":"unsubscribe","topics":[]}', b'{"op":"' + b"a" * 5000 + b'"}', source.randbytes(20),
        ])


def wrong(source):
    """Frames after which the server must close."""
    text = b'{"op":"ping"}'
    kind, data = source.choice(
        [
            ("unknown opcode", frame(source, text, opcode=source.choice([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]))),
            ("no mask", frame(source, text, masked=False)),
            ("compressed bit", frame(source, text, reserved=source.choice([1, 2, 3, 4, 5, 6, 7]))),
            ("long control frame", frame(source, b"x" * 126, opcode=source.choice([8, 9, 10]))),
            ("control frame in parts", frame(source, b"x", opcode=source.choice([8, 9, 10]), fin=False)),
            ("continuation of nothing", frame(source, text, opcode=0)),
            ("a message in a message", frame(source, text, fin=False) + frame(source, text)),
            ("length not the shortest", frame(source, text, form=source.choice([2, 8]))),
            ("length with its highest bit", frame(source, text, length=1 << 63, form=8)),
            ("more than is taken", frame(source, b"", length=source.choice([70_000, 1 << 32, (1 << 63) - 1]), form=8)),
            ("more than is taken in parts", frame(source, b"x" * 40000, fin=False) + frame(source, b"x" * 40000, opcode=0)),
            ("no UTF-8", frame(source, source.choice([b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]))),
            ("binary", frame(source, text, opcode=2)),
            ("close with one byte", frame(source, b"x", opcode=8)),
            ("close with a bad code", frame(source, source.choice([0, 999, 1004, 1005, 1006, 1015, 2999, 5000]).to_bytes(2, "big"), opcode=8)),
            ("close with no UTF-8", frame(source, b"\x03\xe8\xff\xff", opcode=8)),
        ])
    return Case("ws: " + kind, [handshake(source), *split(source, data)], refused=True)


def odd(source):
    """Frames that are allowed, or mutations of them."""
    parts = []
    for _ in range(source.randrange(1, 8)):
        data = message(source)
        action = source.randrange(5)
        if action == 0:
            cut = source.randrange(len(data) + 1)
            ping = source.choice([b"", frame(source, b"p", opcode=9)])
            parts += [frame(source, data[:cut], fin=False), ping, frame(source, data[cut:], opcode=0)]
        elif action == 1:
            parts.append(frame(source, source.randbytes(source.randrange(126)), opcode=source.choice([9, 10])))
        else:
            parts.append(frame(source, data))
    data = bytearray(b"".join(parts))
    if source.random() < 0.5:
        for _ in range(source.randrange(1, 5)):
            data[source.randrange(len(data))] = source.randrange(256)
    return Case("ws: frames", [handshake(source), *split(source, bytes(data))])


def opening(source):
    old, new = source.choice(
        [
            (b"Version: 13", b"Version: 8"), (b"dGhlIHNhbXBsZSBub25jZQ==", b"x"), (b"Upgrade: websocket", b"Upgrade: h2c"),
            (b"Connection: Upgrade", b"Connection: close"), (b"Host: localhost", b"Host: evil.example"),
            (b"Host: localhost", b"Host: localhost\r\nOrigin: http://evil.example"), (b"GET /ws", b"POST /ws"),
            (b"GET /ws", b"GET /ws/../ws"), (b"Bearer " + KEY[0].encode(), b"Bearer bw_x"), (b"GET /ws", b"GET /wss"),
            (b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b""),
        ])
    return Case("ws: openings", split(source, handshake(source).replace(old, new)), refused=True)


def case(source: random.Random) -> Case:
    """One case out of all kinds."""
    return source.choices([wrong, odd, opening], [50, 40, 10])[0](source)
