"""Asks one desk the same through all of its faces and compares what they answer.

    python3 compare.py --binary .build/release/bellwether

Terminal, REST, WebSocket, MCP (over HTTP and over standard input and output) and the dashboard's own code in a browser
are asked every query of /openapi.json; the answers must be equal but for the fields in `TELLS_TIME`. Then one face
writes and the others see it. Leaves with 1 where there is a difference.
"""

import argparse
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "kit"))

from faces import Faces
from running_desk import RunningDesk

# Fields that tell when somebody asked, or what asking did to the process, and not how the desk stands.
TELLS_TIME = {
    "uptime_seconds", "checked_at", "last_used_at", "cpu_seconds", "cpu_share", "cpu", "memory_bytes", "open_files",
    "disk_free_bytes", "oldest_message_age", "last_seen_at", "clients",
}
# Commands whose whole answer goes on while it is asked for.
GOES_ON = {"log"}
DOCUMENT = {
    "name": "faces", "steps": [
        {"name": "first", "type": "classify", "params": {"categories": ["urgent", "normal"]}},
        {"name": "second", "type": "notify", "depends_on": ["first"], "params": {"message": "hello"}},
    ],
}


class Query:
    """A command with its arguments, and where REST has it."""

    def __init__(self, command, path, arguments):
        self.command, self.path, self.arguments = command, path, arguments

    @property
    def target(self):
        """The path with its places filled in, and what is left for the query."""
        path, rest = self.path, dict(self.arguments)
        for name in list(rest):
            if "{" + name + "}" in path:
                path = path.replace("{" + name + "}", str(rest.pop(name)))
        return path, rest

    def __str__(self):
        return " ".join([self.command, *(f"{name}={value}" for name, value in self.arguments.items())])


def prepare(faces):
    """Something to look at: a workflow with a run, a backtest, a message."""
    send = faces.rest.send
    send("POST", "/api/workflows", DOCUMENT)
    send("POST", "/api/workflows/faces/runs", {"test_mode": True})
    send("POST", "/api/queues/dead-letter-queue/messages", {"body": "a message"})
    made = send("POST", "/api/backtests", {"simulated": True, "strategy": "cross", "to": "2020-03-31", "from": "2020-01-02"})
    wait(lambda: send("GET", f"/api/backtests/{made['id']}")["state"] != "running", "the backtest's end")
    wait(lambda: send("GET", "/api/runs")["items"][0]["status"] not in ("pending", "running"), "the run's end")


def wait(question, what, seconds=20):
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come within {seconds} s")
        time.sleep(0.1)
    return answer


def queries(faces):
    """Every query of the document, with arguments out of earlier answers where it needs some."""
    paths = faces.rest.send("GET", "/openapi.json")["paths"]
    first = lambda path, name: faces.rest.send("GET", path)["items"][0][name]
    known = {
        "symbol": first("/api/instruments", "symbol"), "workflow_id": "faces", "name": "dead-letter-queue",
        "execution_id": first("/api/runs", "execution_id"), "sequence": first("/api/decisions", "sequence"),
    }
    ids = {"orders.show": "/api/orders", "backtests.show": "/api/backtests"}
    for path, methods in paths.items():
        operation = methods.get("get")
        if not operation or "x-permission" not in operation:
            continue
        command = operation["operationId"].replace("_", ".", 1)
        needed = [field["name"] for field in operation.get("parameters", []) if field.get("in") == "path"]
        needed_values = {name: first(ids[command], "id") if name == "id" else known[name] for name in needed}
        yield Query(command, path, needed_values)
    yield Query("bars", "/api/bars/{symbol}", {"symbol": known["symbol"], "limit": 20, "indicators": "sma:5,rsi:14"})
    yield Query("orders.list", "/api/orders", {"state": "all", "limit": 3})
    yield Query("decisions.list", "/api/decisions", {"verdict": "refused", "limit": 3})
    yield Query("audit.list", "/api/audit", {"kind": "report", "limit": 2})
    yield Query("workflows.status", "/api/workflow-status", {"workflow_id": "faces", "include_metrics": "true"})


def differences(left, right, place=""):
    """Where two answers differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        for name in sorted(left.keys() | right.keys()):
            if name in TELLS_TIME:
                continue
            if (name in left) != (name in right):
                yield f"{place}.{name} is missing on one side"
            else:
                yield from differences(left[name], right[name], f"{place}.{name}")
    elif isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            yield f"{place} has {len(left)} and {len(right)} items"
        for index, (one, other) in enumerate(zip(left, right)):
            yield from differences(one, other, f"{place}[{index}]")
    elif left != right or isinstance(left, bool) != isinstance(right, bool):
        yield f"{place}: {json.dumps(left)[:80]} and {json.dumps(right)[:80]}"


def shape(value):
    """The names and types of an answer whose values go on."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items() if name not in ("fields", "trace")}
    return [shape(inner) for inner in value[:1]] if isinstance(value, list) else type(value).__name__


def typed(query, face):
    """Arguments as the face takes them: models give lists and truths, others give text."""
    if not face.name.startswith(("mcp", "websocket")):
        return query
    arguments = dict(query.arguments)
    if "indicators" in arguments:
        arguments["indicators"] = arguments["indicators"].split(",")
    if "include_metrics" in arguments:
        arguments["include_metrics"] = True
    return Query(query.command, query.path, arguments)


def compare(faces, query):
    """What each face says of a query, as marks and as complaints."""
    marks, complaints, wanted = [], [], None
    for face in faces.all:
        try:
            answer = face.ask(typed(query, face))
        except Exception as error:
            marks.append("failed")
            complaints.append(f"{query} over {face.name}: {str(error)[:300]}")
            continue
        if answer is None:
            marks.append("-")
            continue
        answer = shape(answer) if query.command in GOES_ON else answer
        wanted = answer if wanted is None else wanted
        found = list(differences(wanted, answer))
        marks.append("differs" if found else "same")
        complaints += [f"{query} over {face.name}: {line}" for line in found[:5]]
    return marks, complaints


def own_commands(desk, faces):
    """What the terminal's own commands say beside the same question asked as a call."""
    ask = lambda path: faces.rest.send("GET", path)
    checks = []
    checks.append(("status", list(differences(desk.say("status")[0], ask("/api/status"))), []))
    fields = ("description", "version", "steps", "open_runs", "shipped", "status")
    pick = lambda items, name: {item[name]: {f: item[f] for f in fields if f in item} for item in items}
    listed = pick(desk.say("workflow", "list"), "name")
    served = pick(ask("/api/workflows?limit=500")["items"], "workflow_id")
    common = {f for item in listed.values() for f in item} & {f for item in served.values() for f in item}
    narrow = lambda items: {name: {f: v for f, v in item.items() if f in common} for name, item in items.items()}
    checks.append(("workflow list", narrow(listed), narrow(served)))
    queues = lambda items: {item["name"]: item["messages_available"] for item in items}
    checks.append(
        ("queue status", queues(desk.say("queue", "status")[0]["queues"]), queues(ask("/api/queue-status")["queues"])))
    hashes = {item["sequence"]: item["hash"] for item in ask("/api/audit?limit=500")["items"]}
    shown = {line["sequence"]: line["hash"] for line in desk.say("audit", "show") if line.get("sequence") in hashes}
    checks.append(("audit show", shown, {sequence: hashes[sequence] for sequence in shown}))
    checks.append(("audit show has records that REST has", bool(shown), True))
    return [f"bellwether {what}: {left!r} and {right!r}" for what, left, right in checks if left != right], len(checks)


def writes(desk, faces):
    """What one face writes the others see, and a key is one effect whichever face it comes through."""
    complaints = []
    desk.say("halt", "--reason", "a check of the faces")
    query = Query("status", "/api/status", {})
    for face in faces.all:
        try:
            wait(lambda: (face.ask(query)["trading"] or {})["state"] == "halted", f"the halt over {face.name}", 5)
        except RuntimeError as error:
            complaints.append(str(error))
    faces.http.call("workflow_create", {"name": "by-model", "steps": [{"name": "a", "type": "data_collection"}]})
    names = {item["name"] for item in desk.say("workflow", "list")}
    if "by-model" not in names:
        complaints.append("the terminal does not list the workflow that a model made")
    body, once = {"body": "only once"}, f"once-{time.time_ns()}"
    count = lambda: next(
        item for item in faces.rest.send("GET", "/api/queue-status")["queues"] if item["name"] == "dead-letter-queue"
    )["messages_available"]
    before = count()
    first = faces.rest.send("POST", "/api/queues/dead-letter-queue/messages", body, once)
    again = faces.socket.call("queues.send", {"name": "dead-letter-queue", **body}, idempotency_key=once)
    if first != again or count() != before + 1:
        complaints.append(f"a key used twice: {first}, {again}, {count() - before} messages")
    return complaints, len(faces.all) + 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, help="the program")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the browser's program")
    options = parser.parse_args()
    with RunningDesk(options.binary) as desk:
        faces = Faces(desk, options.browser)
        try:
            complaints = judge(desk, faces)
        finally:
            faces.close()
    for line in complaints:
        print("DIFFERENT", line)
    sys.exit(1 if complaints else 0)


def judge(desk, faces):
    prepare(faces)
    complaints, rows = [], 0
    print(f"{'':45}" + "".join(f"{face.name:>11}" for face in faces.all))
    for query in queries(faces):
        marks, found = compare(faces, query)
        print(f"{str(query)[:44]:45}" + "".join(f"{mark:>11}" for mark in marks), flush=True)
        complaints += found
        rows += 1
    own, checks = own_commands(desk, faces)
    seen, more = writes(desk, faces)
    complaints += own + seen
    print(f"{rows} queries, {checks} own commands and {more} writes compared, {len(complaints)} differences")
    return complaints


if __name__ == "__main__":
    main()
