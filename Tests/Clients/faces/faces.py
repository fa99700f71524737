"""One desk's five faces, each of which asks for a command and gives the JSON that came back."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request

import anyio.from_thread
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from playwright.sync_api import sync_playwright
from websockets.sync.client import connect

TOOLS = {
    "status": "desk_status", "health": "desk_health", "bars": "market_data", "orders.list": "orders",
    "orders.show": "order_trail", "fills.list": "fills", "decisions.list": "decisions", "decisions.show": "decision",
    "audit.list": "audit_records", "audit.verify": "audit_verify", "workflows.list": "workflow_list",
    "workflows.show": "workflow_show", "workflows.status": "workflow_status", "workflows.graph": "workflow_graph",
    "workflows.audit": "workflow_audit_trail", "runs.list": "runs", "runs.show": "run_status",
    "runs.history": "run_history", "triggers.list": "triggers", "queues.list": "queues",
    "queues.status": "workflow_queue_status", "queues.messages": "queue_messages", "backtests.list": "backtests",
    "backtests.show": "backtest_report", "data.list": "data_list", "portfolio": "portfolio",
    "performance": "performance", "signals": "signals", "instruments": "instruments", "quotes": "quotes",
    "risk": "risk", "statistics": "statistics", "events": "events", "log": "log",
}


class Terminal:
    """`bellwether call`."""

    name = "cli"

    def __init__(self, desk):
        self.desk = desk

    def ask(self, query):
        fields = [f"{name}={value}" for name, value in query.arguments.items()]
        return self.desk.say("call", query.command, *fields)[0]

    def close(self):
        pass


class Rest:
    """Requests with a key."""

    name = "rest"

    def __init__(self, desk, key):
        self.desk, self.key = desk, key

    def ask(self, query):
        path, rest = query.target
        return self.send("GET", path + ("?" + urllib.parse.urlencode(rest) if rest else ""))

    def send(self, method, path, body=None, once=None):
        """The JSON of an answer; waits where there were too many requests."""
        headers = {"Authorization": f"Bearer {self.key}"}
        if method != "GET":
            headers |= {"Content-Type": "application/json", "Idempotency-Key": once or f"check-{time.time_ns()}"}
        data = json.dumps(body or {}).encode() if method != "GET" else None
        request = urllib.request.Request(self.desk.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            if error.code != 429:
                raise RuntimeError(f"{method} {path}: {error.code} {error.read()[:300]!r}") from error
            time.sleep(float(error.headers["Retry-After"]))
            return self.send(method, path, body, once)

    def close(self):
        pass


class Socket:
    """Calls over the WebSocket."""

    name = "websocket"

    def __init__(self, desk, key):
        address = desk.url.replace("http", "ws", 1) + "/ws"
        self.socket = connect(address, additional_headers={"Authorization": f"Bearer {key}"}, max_size=1 << 26)
        self.last = 0

    def ask(self, query):
        return self.call(query.command, query.arguments)

    def call(self, command, arguments, **more):
        """The result of a call."""
        self.last += 1
        call = {"op": "call", "id": str(self.last), "command": command, "arguments": arguments, **more}
        self.socket.send(json.dumps(call))
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            if message.get("id") != str(self.last):
                continue
            if message["type"] != "answer":
                raise RuntimeError(f"{command}: {message}")
            return message["result"]

    def close(self):
        self.socket.close()


class Model:
    """A tool of the official client, over one of its transports."""

    def __init__(self, portal, name, server):
        self.portal, self.name = portal, name
        self.context = portal.wrap_async_context_manager(Client(server, read_timeout_seconds=60))
        self.client = self.context.__enter__()

    def ask(self, query):
        if query.command not in TOOLS:
            return None
        return self.call(TOOLS[query.command], query.arguments)

    def call(self, tool, arguments):
        """What a tool answers, as structure."""
        result = self.portal.call(lambda: self.client.call_tool(tool, arguments))
        if result.is_error:
            raise RuntimeError(f"{tool}: {result.content[0].text}")
        if "bellwether/shortened" in (result.meta or {}):
            raise RuntimeError(f"{tool}: the answer is shortened")
        return result.structured_content

    def close(self):
        self.context.__exit__(None, None, None)


class Dashboard:
    """The page's own module, in a browser."""

    name = "dashboard"

    def __init__(self, desk, browser):
        self.play = sync_playwright().start()
        self.browser = self.play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        self.page = self.browser.new_page()
        self.page.goto(desk.login())
        self.page.wait_for_selector("main h1", timeout=15_000)

    def ask(self, query):
        path, rest = query.target
        script = """async ([path, query]) => {
            const api = await import('/assets/js/api.js');
            return JSON.stringify(await api.get(path, query));
        }"""
        return json.loads(self.page.evaluate(script, [path.removeprefix("/api"), rest]))

    def close(self):
        self.browser.close()
        self.play.stop()


class Faces:
    """All of them."""

    def __init__(self, desk, browser):
        self.terminal = Terminal(desk)
        self.rest = Rest(desk, desk.key())
        self.socket = Socket(desk, self.rest.key)
        self.portal = anyio.from_thread.start_blocking_portal()
        portal = self.portal.__enter__()
        client = create_mcp_http_client(headers={"Authorization": f"Bearer {desk.key(tier='paper')}"})
        self.http = Model(portal, "mcp http", streamable_http_client(desk.url + "/mcp", http_client=client))
        words = ["mcp", "--home", desk.home, "--tier", "paper"]
        self.stdio = Model(portal, "mcp stdio", StdioServerParameters(command=desk.binary, args=words))
        self.dashboard = Dashboard(desk, browser)
        self.all = [self.rest, self.terminal, self.socket, self.http, self.stdio, self.dashboard]

    def close(self):
        for face in reversed(self.all):
            face.close()
        self.portal.__exit__(None, None, None)
