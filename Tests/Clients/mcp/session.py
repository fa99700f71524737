"""A session of the official client, with checks that every result has to pass."""

import json
import time
import urllib.error
import urllib.request

import anyio


class Failed(Exception):
    """A check did not hold."""


def check(truth, message):
    if not truth:
        raise Failed(message)


def equal(found, wanted, what):
    check(found == wanted, f"{what}: found {found!r}, wanted {wanted!r}")


def close(found, wanted, what, tolerance=1e-6):
    check(
        found is not None and abs(found - wanted) <= tolerance * max(1.0, abs(wanted)),
        f"{what}: found {found!r}, wanted {wanted!r}",
    )


class Desk:
    """The tools of a connection; results are compared with what REST answers where there is a key for it."""

    def __init__(self, client, label, url=None, key=None):
        self.client = client
        self.label = label
        self.url = url
        self.key = key
        self.called = set()
        self.tools = {}

    async def list_tools(self):
        cursor = None
        while True:
            page = await self.client.list_tools(cursor=cursor)
            self.tools.update({tool.name: tool for tool in page.tools})
            cursor = page.next_cursor
            if not cursor:
                return self.tools

    async def result(self, tool, /, _meta=None, **arguments):
        """The whole result; the client has checked it against the tool's schema."""
        self.called.add(tool)
        extra = {"meta": _meta} if _meta else {}
        result = await self.client.call_tool(tool, arguments, **extra)
        check(result.content and result.content[0].type == "text", f"{tool}: no text")
        equal(json.loads(result.content[0].text), result.structured_content, f"{tool}: text and structure")
        check("bellwether/untrusted" in (result.meta or {}), f"{tool}: nothing says which texts are data")
        return result

    async def call(self, tool, /, _meta=None, **arguments):
        """What a tool answers."""
        result = await self.result(tool, _meta, **arguments)
        check(not result.is_error, f"{tool}: {result.content[0].text}")
        return result.structured_content

    async def problem(self, tool, /, **arguments):
        """What a tool refuses."""
        result = await self.result(tool, None, **arguments)
        check(result.is_error, f"{tool} should have been refused, not {result.structured_content}")
        problem = result.structured_content["error"]
        check(problem["message"] and problem["what_to_do"], f"{tool}: a problem without words")
        return problem

    def rest(self, path, method="GET", body=None):
        """What REST answers: the status and the JSON; None without a key."""
        if not self.key:
            return None
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", f"Bearer {self.key}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.add_header("Idempotency-Key", f"check-{time.time_ns()}")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def same_as_rest(self, found, path, *names):
        """Compares fields with what REST answers."""
        answer = self.rest(path)
        if answer is None:
            return
        equal(answer[0], 200, f"GET {path}")
        for name in names:
            equal(found[name], answer[1][name], f"{name} of GET {path}")


async def until(question, what, seconds=10):
    """Asks until the answer is true."""
    deadline = anyio.current_time() + seconds
    while True:
        answer = await question()
        if answer:
            return answer
        check(anyio.current_time() < deadline, f"{what}: not within {seconds} s")
        await anyio.sleep(0.1)
