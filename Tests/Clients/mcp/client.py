"""Drives a running desk with the official client, over standard input and output and over HTTP.

    python3 -m venv venv && venv/bin/pip install -r Tests/Clients/mcp/requirements.txt
    bellwether run --home HOME &
    venv/bin/python Tests/Clients/mcp/client.py --binary .build/release/bellwether --home HOME
    venv/bin/python Tests/Clients/mcp/client.py --url http://127.0.0.1:8000 --key KEY --read-key KEY --queue QUEUE

With a binary and the home of a running desk it makes its own keys, and checks both transports. KEY is one of the role
trader with the tier paper, the read key one with the tier read. The desk is halted and flattened at the end.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import anyio
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

import desk_checks
import safety_checks
import workflow_checks
from session import Desk, Failed, check, equal


def stdio(options, tier):
    return StdioServerParameters(command=options.binary, args=["mcp", "--home", options.home, "--tier", tier])


def http(options, key):
    client = create_mcp_http_client(headers={"Authorization": f"Bearer {key}"})
    return streamable_http_client(options.url + "/mcp", http_client=client)


def make_queue(options, name):
    """A queue of the home, made beside the model."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"name": name}, file)
        file.flush()
        subprocess.run([options.binary, "queue", "create", file.name, "--home", options.home], check=True)
    return name


def make_key(options, tier):
    """A new key of the desk that serves the home."""
    command = [
        options.binary, "keys", "create", f"check-{tier}-{time.time_ns()}", "--role", "trader", "--tier", tier,
        "--home", options.home, "--json",
    ]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["secret"]


async def greet(desk):
    """The greeting, the lists, and resources and prompts."""
    tools = await desk.list_tools()
    check(len(tools) > 20, f"there are {len(tools)} tools")
    for tool in tools.values():
        check(tool.description and tool.title and tool.output_schema, f"the tool '{tool.name}' is not described")
    resources = {resource.uri: resource for resource in (await desk.client.list_resources()).resources}
    check("bellwether://status" in resources, "the desk's status is no resource")
    content = (await desk.client.read_resource("bellwether://status")).contents[0]
    equal(json.loads(content.text)["mode"], "paper", "the mode in the resource")
    workflow = next(uri for uri in resources if uri.startswith("bellwether://workflows/"))
    shown = json.loads((await desk.client.read_resource(workflow)).contents[0].text)
    equal(shown["workflow_id"], workflow.rsplit("/", 1)[1], "the workflow in the resource")
    templates = {template.uri_template for template in (await desk.client.list_resource_templates()).resource_templates}
    check({"bellwether://decisions/{sequence}", "bellwether://backtests/{id}"} <= templates, f"templates: {templates}")
    prompts = {prompt.name for prompt in (await desk.client.list_prompts()).prompts}
    check({"explain_trigger", "review_dead_letter"} <= prompts, f"prompts: {prompts}")
    prompt = await desk.client.get_prompt("explain_trigger", {"workflow": "earnings-day"})
    check("earnings-day" in prompt.messages[0].content.text, "the prompt does not name the workflow")


async def full(desk):
    """Every tool of a connection of the tier paper."""
    await greet(desk)
    for work in (
        desk_checks.status, desk_checks.portfolio, desk_checks.market, desk_checks.records, desk_checks.orders,
        desk_checks.logs, workflow_checks.queues, workflow_checks.backtests,
    ):
        await step(desk, work)
    name = await step(desk, workflow_checks.definitions)
    await step(desk, workflow_checks.triggers, name)
    await step(desk, workflow_checks.runs, name)
    await step(desk, desk_checks.control)
    await step(desk, safety_checks.tricks)
    await step(desk, safety_checks.data_is_marked)
    if missed := set(desk.tools) - desk.called:
        desk.failures.append(f"no check calls {sorted(missed)}")


async def reading(desk):
    """A connection of the tier read."""
    await greet(desk)
    await step(desk, safety_checks.reads_only)
    await step(desk, desk_checks.status)


async def step(desk, work, *more):
    began = anyio.current_time()
    try:
        return await work(desk, *more)
    except Failed as failure:
        desk.failures.append(f"{work.__name__}: {failure}")
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)]
        desk.failures.append(f"{work.__name__}: {error!r} near {lines}")
    finally:
        print(f"  {desk.label} {work.__name__} {anyio.current_time() - began:.1f} s", flush=True)


async def connect(server, label, work, options, key, mode="auto"):
    async with Client(server, mode=mode, read_timeout_seconds=60) as client:
        desk = Desk(client, label, options.url, key)
        desk.failures = []
        if work is full:
            desk.queue = make_queue(options, f"check-{label}") if options.binary else options.queue
        await work(desk)
        print(f"{label}: {client.protocol_version}, {len(desk.tools)} tools, {len(desk.called)} called", flush=True)
        return [f"{label}: {failure}" for failure in desk.failures]


async def main(options):
    failures = []
    mark = str(time.time_ns() % 1_000_000)
    if options.binary:
        if not options.key:
            served = json.loads(Path(options.home, "server.json").read_text())
            options.url = served["url"]
            options.key, options.read_key = make_key(options, "paper"), make_key(options, "read")
        failures += await connect(stdio(options, "paper"), f"stdio-{mark}", full, options, options.key)
        failures += await connect(stdio(options, "read"), f"stdio-read-{mark}", reading, options, None, "legacy")
    if options.url:
        failures += await connect(http(options, options.key), f"http-{mark}", full, options, options.key)
        failures += await connect(http(options, options.read_key), f"http-read-{mark}", reading, options, None, "legacy")
    for failure in failures:
        print("FAILED", failure)
    return 1 if failures else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", help="the program")
    parser.add_argument("--home", help="the home of a running desk")
    parser.add_argument("--url", help="where it serves")
    parser.add_argument("--key", help="a key of the role trader and the tier paper")
    parser.add_argument("--read-key", help="a key of the tier read")
    parser.add_argument("--queue", help="an empty queue of the desk, where no binary can make one")
    options = parser.parse_args()
    if not (options.binary and options.home) and not (options.url and options.key and options.read_key and options.queue):
        parser.error("give --binary and --home, or --url, --key, --read-key and --queue")
    return options


if __name__ == "__main__":
    began = time.monotonic()
    code = anyio.run(main, arguments())
    print(f"{'failed' if code else 'passed'} in {time.monotonic() - began:.0f} s")
    sys.exit(code)
