#!/usr/bin/env python3
"""Tries to get round the rules of a running desk: rules.py URL BINARY HOME

Makes keys and links in HOME, which must be the running desk's and one for tests. Ends with 1 where a rule did not hold.
"""
import json
import os
import pathlib
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
import warnings

import http.client

URL, BINARY, HOME = sys.argv[1:4]
PARTS = urllib.parse.urlsplit(URL)
DONE, WRONG, SECRETS = [], [], []


def check(truth, what, seen=""):
    (DONE if truth else WRONG).append(what)
    if not truth:
        print("WRONG:", what, "; seen:", str(seen)[:300])


def ask(method, path, headers=None, body=None, patient=True):
    """One request. Where this address is to wait, since tries of before failed, it waits."""
    while True:
        status, value, got = send(method, path, headers, body)
        if status != 429 or not patient:
            return status, value, got
        time.sleep(int(got["Retry-After"] or 1))


def send(method, path, headers, body):
    link = http.client.HTTPConnection(PARTS.hostname, PARTS.port, timeout=60)
    lines = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        lines.setdefault("Content-Type", "application/json")
    link.request(method, path, body, lines)
    answer = link.getresponse()
    data = answer.read()
    link.close()
    try:
        value = json.loads(data)
    except ValueError:
        value = data
    return answer.status, value, answer.headers


def bearer(secret, **more):
    return {"Authorization": f"Bearer {secret}", "Idempotency-Key": uuid.uuid4().hex, **more}


def program(*words):
    ran = subprocess.run([BINARY, *words, "--home", HOME], capture_output=True, text=True, timeout=60, check=False)
    return ran.stdout.strip() or ran.stderr.strip()


def key(role, tier=None):
    words = ["keys", "create", f"rules-{role}-{tier}-{uuid.uuid4().hex[:6]}", "--role", role, "--json"]
    made = json.loads(program(*words, *(["--tier", tier] if tier else [])))
    SECRETS.append(made["secret"])
    return made["secret"], made["key"]["id"]


def link():
    text = program("login", "--json")
    token = text.split("/login/")[1].split('"')[0].split()[0]
    SECRETS.append(token)
    return f"/login/{token}"


def session():
    status, _, headers = ask("GET", link())
    cookie = (headers["Set-Cookie"] or "").split(";")[0]
    check(status == 303 and "HttpOnly" in headers["Set-Cookie"] and "SameSite=Strict" in headers["Set-Cookie"],
          "a link opens a session with a closed cookie", (status, headers["Set-Cookie"]))
    SECRETS.append(cookie.split("=", 1)[1])
    status, value, _ = ask("GET", "/api/session", {"Cookie": cookie})
    SECRETS.append(value["csrf"])
    return cookie, value["csrf"]


def writes(document):
    """Every write of the description, with a body that fits its example."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "get" or not path.startswith("/api/"):
                continue
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            yield method.upper(), path, content.get("example"), operation


def check_sites(admin, cookie, csrf):
    page = {"Cookie": cookie, "X-CSRF-Token": csrf}
    own = f"http://{PARTS.netloc}"
    body = {"reason": "a test"}
    for name, more in {
        "another origin": {"Origin": "http://evil.example"}, "no origin at all": {"Origin": "null"},
        "another port": {"Origin": f"http://{PARTS.hostname}:1"}, "an origin that begins alike": {"Origin": own + ".evil.example"},
        "a page of another site": {"Sec-Fetch-Site": "cross-site"}, "one of the same site": {"Sec-Fetch-Site": "same-site"},
    }.items():
        for who in (page, bearer(admin)):
            status, value, _ = ask("POST", "/api/desk/halt", {**who, **more}, body)
            check(status == 403, f"a write from {name} is refused", (status, value))
    for host in ("evil.example", f"evil.example:{PARTS.port}", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]"):
        for path in ("/api/status", "/", "/health/live", "/assets/app.js", "/login/x", "/hooks/a/b"):
            status, _, _ = ask("POST" if "hooks" in path else "GET", path, {"Host": host, "Cookie": cookie})
            check(status == 421, f"{path} under the name {host} is refused", status)
    other, other_token = session()
    for name, headers in {
        "no token": {"Cookie": cookie}, "a wrong token": {"Cookie": cookie, "X-CSRF-Token": "x" * len(csrf)},
        "another session's token": {"Cookie": cookie, "X-CSRF-Token": other_token},
        "an empty token": {"Cookie": cookie, "X-CSRF-Token": ""},
    }.items():
        status, value, _ = ask("POST", "/api/desk/halt", {**headers, "Origin": own}, body)
        check(status == 403, f"a write with {name} is refused", (status, value))
    status, _, _ = ask("GET", "/api/status", {**bearer(admin), "Cookie": cookie})
    check(status == 401, "key and session together are refused", status)
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    for name, more in {"another origin": {"Origin": "http://evil.example"}, "no origin": {}}.items():
        status, _, _ = ask("GET", "/ws", {**upgrade, **more, "Cookie": cookie})
        check(status == 403, f"a socket by session with {name} is refused", status)
    status, _, _ = ask("GET", "/ws", {**upgrade, "Origin": "http://evil.example", **bearer(admin)})
    check(status == 403, "a socket of another origin is refused to a key as well", status)
    status, _, _ = ask("POST", "/mcp", {"Cookie": other, "X-CSRF-Token": other_token, "Origin": own}, {})
    check(status == 403, "a session is no way to the models' door", status)


def check_links():
    one = link()
    check([ask("GET", one)[0], ask("GET", one)[0]] == [303, 401], "a link works once")
    cookie, csrf = session()
    _, mine, _ = ask("GET", "/api/sessions", {"Cookie": cookie})
    for item in mine.get("items", mine.get("sessions", [])):
        ask("DELETE", f"/api/sessions/{item['id']}", {"Cookie": cookie, "X-CSRF-Token": csrf})
    status, _, _ = ask("GET", "/api/status", {"Cookie": cookie})
    check(status == 401, "a session that was revoked is none", status)
    secret, name = key("viewer")
    check(ask("GET", "/api/status", bearer(secret))[0] == 200, "a key opens")
    program("keys", "revoke", name)
    time.sleep(1.5)
    check(ask("GET", "/api/status", bearer(secret))[0] == 401, "a key that was revoked opens no more")


def check_roles(document, admin):
    viewer, _ = key("viewer")
    model, _ = key("admin", "read")
    count = 0
    for method, path, example, operation in writes(document):
        target = path.replace("{", "").replace("}", "")
        status, value, _ = ask(method, target, bearer(viewer), example if example is not None else {})
        # A document is looked at and nothing is kept: that is no write.
        if operation.get("x-permission") != "read":
            check(status == 403, f"a viewer is refused {method} {path}", (status, value))
        status, value, _ = ask(method, target, bearer(model), example if example is not None else {})
        if operation.get("x-permission") != "read":
            check(status == 403, f"a model that reads is refused {method} {path}", (status, value))
        for tier in ("live", "paper"):
            status, value, _ = ask(method, target, bearer(model, **{"Bellwether-Tier": tier}), example if example is not None else {})
            if operation.get("x-permission") != "read":
                check(status == 403, f"a model does not raise itself to {tier} for {method} {path}", (status, value))
        count += 1
    for word in ("root", "LIVE", "live, paper", ""):
        status, value, _ = ask("GET", "/api/status", bearer(admin, **{"Bellwether-Tier": word}))
        check(status == 400, f"the tier '{word}' is refused", (status, value))
    live, _ = key("admin", "live")
    for path in ("/api/keys", "/api/sessions", "/api/access-log"):
        status, value, _ = ask("GET", path, bearer(live))
        check(status == 403, f"a model is refused {path}", (status, value))
    for forced in ({"Bellwether-Tier": "live"}, {"Bellwether-Person": "root"}):
        status, value, _ = ask("POST", "/api/keys", bearer(live, **forced), {"name": "mine", "role": "admin"})
        check(status == 403, f"a model makes no keys with {forced}", (status, value))
    print(f"{count} writes asked of a viewer and a model")


def tool(secret, name, arguments, headers=None):
    lines = {**bearer(secret), "Accept": "application/json, text/event-stream", **(headers or {})}
    opening = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "rules", "version": "1"}}}
    _, _, got = ask("POST", "/mcp", lines, opening)
    lines["Mcp-Session-Id"] = got["Mcp-Session-Id"] or ""
    lines["MCP-Protocol-Version"] = "2025-06-18"
    ask("POST", "/mcp", lines, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    if name is None:
        return ask("POST", "/mcp", lines, {"jsonrpc": "2.0", "id": 2, "method": "tools/list"})
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    return ask("POST", "/mcp", lines, call)


def check_models():
    reader, _ = key("admin", "read")
    everything, _ = key("admin", "live")
    _, listed, _ = tool(everything, None, {})
    text = listed.decode() if isinstance(listed, bytes) else json.dumps(listed)
    check("order_place" in text, "tools are listed", text[:200])
    for name in ("confirmations_confirm", "confirm", "keys_create", "keys.create", "confirmations.confirm", "runs_approve"):
        check(f'"{name}"' not in text, f"{name} is no tool")
        _, value, _ = tool(everything, name, {"id": "x"})
        check("error" in str(value).lower(), f"{name} cannot be called", value)
    for name, arguments in {
        "order_place": {"symbol": "AAPL", "side": "buy", "quantity": 1}, "desk_halt": {"reason": "x"}, "desk_resume": {"reason": "x"},
        "workflow_create": {"document": "x"}, "queue_send": {"name": "x", "message": {}}, "risk_limits_change": {"reason": "x"},
    }.items():
        for headers in ({}, {"Bellwether-Tier": "live"}):
            _, value, _ = tool(reader, name, {**arguments, "tier": "live"} if headers else arguments, headers)
            check("error" in str(value).lower(), f"a model that reads does not call {name}", value)


def check_repeats(admin):
    trader, _ = key("trader")
    one = bearer(admin)
    first = ask("POST", "/api/desk/reduce-only", one, {"reason": "rules"})
    again = ask("POST", "/api/desk/reduce-only", one, {"reason": "rules"})
    check(first[0] == again[0] == 200 and again[2]["Idempotency-Replayed"] == "true" and first[1] == again[1],
          "the same write is answered with the same", (first[:2], again[:2]))
    check(ask("POST", "/api/desk/reduce-only", one, {"reason": "other"})[0] == 409, "a key with another body is a conflict")
    check(ask("POST", "/api/desk/halt", one, {"reason": "rules"})[0] == 409, "a key with another command is a conflict")
    theirs = ask("POST", "/api/desk/reduce-only", {**one, "Authorization": f"Bearer {trader}"}, {"reason": "rules"})
    check(theirs[0] == 200 and theirs[2]["Idempotency-Replayed"] is None, "another caller's key is another key", theirs[:2])
    asked = ask("PATCH", "/api/risk/limits", bearer(admin), {"max_daily_loss": 0.09, "reason": "rules"})
    check(asked[0] == 202, "a loosening waits for a person", asked[:2])
    if asked[0] != 202:
        return
    target = f"/api/confirmations/{asked[1]['confirmation']['id']}"
    check(ask("POST", target + "/confirm", bearer(admin), {})[0] == 403, "a key does not confirm for itself")
    cookie, csrf = session()
    page = {"Cookie": cookie, "X-CSRF-Token": csrf}
    sent = [ask("POST", target + "/confirm", page, {})[0] for _ in range(2)]
    check(sent[0] == 200 and sent[1] in (404, 409), "a confirmation is used once", sent)


def check_answers(admin):
    for path in ("/assets/../server.json", "/assets/..%2fserver.json", "/assets/%2e%2e%2f%2e%2e%2fetc/passwd", "/assets//etc/passwd",
                 "/assets/..%5cserver.json", "/assets/.hidden", "/assets/%00", "/assets/app.js%00.css"):
        status, value, _ = ask("GET", path)
        check(status in (400, 404), f"{path} leads nowhere", (status, value))
    for path in ("/api/bars/%0d%0aX-Evil:%201", "/api/orders/%0d%0aSet-Cookie:%20a=b", "/login/%0d%0aX-Evil:1", "/api/quotes?cursor=%0d%0aX-Evil:1"):
        _, _, headers = ask("GET", path, bearer(admin, traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01"))
        check("X-Evil" not in headers and "Set-Cookie" not in headers, f"{path} puts nothing into the headers")
    viewer, _ = key("viewer")
    _, mine, first = ask("GET", "/api/session", bearer(admin))
    status, theirs, _ = ask("GET", "/api/session", bearer(viewer, **{"If-None-Match": first["ETag"] or "x"}))
    check(status == 200 and theirs["name"] != mine["name"], "what one caller was told is not another's", (status, theirs))
    _, _, tagged = ask("GET", "/api/keys", bearer(admin))
    check(ask("GET", "/api/keys", bearer(viewer, **{"If-None-Match": tagged["ETag"]}))[0] == 403, "a tag opens nothing")
    check(ask("GET", "/api/keys", bearer(viewer, **{"If-None-Match": "*"}))[0] == 403, "nor does a tag for everything")
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12))
    for name, body, due in [
        ("a YAML bomb", {"document": bomb}, (400, 422)), ("a deep document", {"document": "[" * 50000}, (400, 422)),
        ("a deep body", b'{"a":' * 100000, (400, 413)), ("ten megabytes", b'{"document":"' + b"a" * 10_000_000 + b'"}', (413,)),
        ("a deep document of blocks", {"document": "\n".join(" " * n + "a:" for n in range(1200))}, (400, 422)),
    ]:
        for path in ("/api/workflows", "/api/workflows/check"):
            began = time.monotonic()
            try:
                status, value, _ = ask("POST", path, bearer(admin, **{"Content-Type": "application/json"}), body)
            except OSError as error:  # The rest of a body that is too large is not read.
                status, value = 413 if "mega" in name or "deep body" in name else 0, error
            check(status in due and time.monotonic() - began < 5, f"{name} is refused soon at {path}", (status, value))


def check_files():
    for name in ("access.sqlite", "server.json"):
        mode = stat.S_IMODE(os.stat(pathlib.Path(HOME, name)).st_mode)
        check(mode == 0o600, f"{name} is its owner's alone", oct(mode))
    known = SECRETS + [json.loads(pathlib.Path(HOME, "server.json").read_text()).get("token", "")]
    for path in [*pathlib.Path(HOME, "logs").iterdir(), *pathlib.Path(HOME).glob("access.sqlite*")]:
        data = path.read_bytes()
        held = [secret[:12] for secret in known if secret and len(secret) > 12 and secret.encode() in data]
        check(not held, f"{path.name} holds no secret", held)


def check_guesses():
    statuses = [ask("GET", "/api/status", bearer("bw_" + uuid.uuid4().hex), patient=False)[0] for _ in range(15)]
    check(statuses[0] in (401, 429) and statuses[-1] == 429, "who guesses has to wait", statuses)
    check(ask("GET", "/login/" + uuid.uuid4().hex, patient=False)[0] == 429, "so does who guesses links")


def started(home, *words, **environment):
    """A server of its own; what it said, and whether it still ran after a moment."""
    process = subprocess.Popen([BINARY, "serve", "--home", str(home), "--port", "0", *words], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment})
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None and not (home / "server.json").is_file():
        time.sleep(0.1)
    return process


def stopped(process):
    process.terminate()
    return process.communicate(timeout=20)[0]


def check_starts():
    with tempfile.TemporaryDirectory() as folder:
        home, victim = pathlib.Path(folder, "home"), pathlib.Path(folder, "victim")
        home.mkdir()
        for address in ("0.0.0.0", "::", "127.0.0.1.evil.example", "127.evil"):
            process = started(home, "--listen", address)
            check(process.poll() not in (None, 0), f"{address} is refused without TLS and key", process.poll())
            stopped(process)
        names = [pathlib.Path(folder, name) for name in ("key.pem", "certificate.pem")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", names[0], "-out", names[1],
                        "-days", "2", "-subj", "/CN=localhost"], capture_output=True, check=True)
        tls = {"BELLWETHER_SERVER_TLS_KEY": str(names[0]), "BELLWETHER_SERVER_TLS_CERTIFICATE": str(names[1])}
        process = started(home, "--listen", "0.0.0.0", **tls)
        check(process.poll() not in (None, 0), "0.0.0.0 is refused with TLS and without a key", process.poll())
        stopped(process)
        process = started(home, **tls)
        try:
            check_secure(home)
        finally:
            stopped(process)
        # A file that somebody planted is replaced or refused, and what it points to stays as it is.
        victim.write_text("as it was")
        os.chmod(victim, 0o644)
        for name in ("server.json", "logs"):
            planted = home / name
            if planted.is_dir():
                planted.rename(pathlib.Path(folder, "moved"))
            planted.unlink(missing_ok=True)
            planted.symlink_to(victim)
            said = stopped(started(home))
            check(victim.read_text() == "as it was", f"a planted {name} leads nowhere", said)
            planted.unlink(missing_ok=True)


def check_secure(home):
    published = home / "server.json"
    check(published.is_file(), "a server with TLS starts")
    if not published.is_file():
        return
    port = urllib.parse.urlsplit(json.loads(published.read_text())["url"]).port
    context = ssl._create_unverified_context()
    link = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=10)
    link.request("GET", "/", headers={"Host": f"localhost:{port}"})
    answer = link.getresponse()
    check(answer.status == 200 and answer.headers["Strict-Transport-Security"], "over TLS pages are bound to it", answer.headers)
    warnings.simplefilter("ignore", DeprecationWarning)
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    try:
        with socket.create_connection(("127.0.0.1", port)) as plain, context.wrap_socket(plain) as old:
            check(False, "TLS 1.1 is refused", old.version())
    except (ssl.SSLError, OSError, ValueError):
        check(True, "TLS 1.1 is refused")
    with socket.create_connection(("127.0.0.1", port)) as plain:
        plain.settimeout(12)
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try:
            got = plain.recv(1000)
        except OSError:
            got = b""
        check(b"200" not in got[:20], "plain HTTP is not answered where TLS is", got)


def main():
    admin, _ = key("admin")
    check(ask("GET", "/api/status", bearer(admin))[0] == 200, "a key opens")
    _, document, _ = ask("GET", "/openapi.json", bearer(admin))
    cookie, csrf = session()
    check_sites(admin, cookie, csrf)
    check_roles(document, admin)
    check_models()
    check_repeats(admin)
    check_answers(admin)
    check_links()
    _, log, _ = ask("GET", "/api/access-log?limit=500", bearer(admin))
    held = [secret[:12] for secret in SECRETS if secret in json.dumps(log)]
    check(not held, "the record of access holds no secret", held)
    check_files()
    check_starts()
    check_guesses()
    check(ask("GET", "/api/status", bearer(admin))[0] == 200, "who belongs here is still let in")
    print(f"{len(DONE)} rules held, {len(WRONG)} did not")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
