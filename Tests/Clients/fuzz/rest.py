#!/usr/bin/env python3
"""Lets schemathesis loose on a running desk: rest.py URL NAME=KEY [NAME=KEY...] [--seconds N] [--seed N]

For each key: examples, edges of every field, random requests, good and bad, and chains of requests. The home should be one
for tests: orders are placed, limits changed, workflows made. Give the server a high rate limit. Ends with 1 where anything
is answered in a way that /openapi.json does not say.

Not asked for: `ignored_auth`, since guessed keys are answered with 429 after ten (hooks.py asks without a key instead); and
that whatever fits the schema is taken, since a cursor or a document can be wrong in ways that no schema says (422). What
breaks a schema by being too long may be refused before the schema is looked at (413, 414, 431).
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import requests

HERE = pathlib.Path(__file__).parent
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = [200, 202, 204, 303, 304, 400, 401, 403, 404, 409, 415, 422, 429, 503]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 429, 431, 503]
"""


def run(url, name, key, options, folder):
    """Everything with one key. One worker: with two, Python 3.11 sometimes breaks off an operation by a fault of its own
    parser ("AST constructor recursion depth mismatch")."""
    report = folder / f"{name}.json"
    (folder / "schemathesis.toml").write_text(CONFIGURATION)
    command = [
        str(pathlib.Path(sys.executable).parent / "schemathesis"), "--config-file", str(folder / "schemathesis.toml"),
        "run", f"{url}/openapi.json", "-H", f"Authorization: Bearer {key}", "--workers", "1", "--continue-on-failure",
        "--phases", options.phases, "--max-time", str(options.seconds), "--max-examples", str(options.examples),
        "--exclude-checks", "ignored_auth", "--exclude-path-regex", "^/(mcp|ws)$", "--request-timeout", "20",
        "--generation-database", "none", "--no-color", "--no-shrink", "--seed", str(options.seed),
        "--suppress-health-check", "all", "--report", "json", "--report-json-path", str(report),
    ]
    # The key's own end and that of others are no part of this.
    command += ["--exclude-operation-id", "keys_revoke"]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)}
    with (folder / f"{name}.txt").open("w") as output:
        subprocess.run(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)
    return json.loads(report.read_text())


def tell(name, report):
    """Prints what was found; how many faults."""
    cases, operations = report["test_cases"], report["operations"]
    if not operations:
        print(f"{name}: WRONG nothing was asked")
        return 1
    phases = ", ".join(f"{phase} {state['status']}" for phase, state in report["phases"].items())
    print(f"{name}: {cases['generated']} cases over {operations['tested']} operations in {report['running_time']:.0f} s ({phases})")
    for failure in report["failures"]:
        print(f"  WRONG {failure['title']} ×{failure['count']}: {', '.join(failure['operations'][:8])}")
    # A runtime error is schemathesis's own, not the desk's.
    errors = [error for error in report["errors"] if error["title"] != "Runtime Error"]
    for error in report["errors"]:
        print(f"  {'WRONG' if error in errors else 'its own:'} {error['title']} ×{error['count']}")
    return len(report["failures"]) + len(errors)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("keys", nargs="+")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--examples", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    parser.add_argument("--folder", type=pathlib.Path, default=None)
    options = parser.parse_args()
    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="bellwether-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    counts = collections.Counter()
    # The fuzz guesses sessions, after which only keys that were let in before are let in from this address.
    for pair in options.keys:
        key = pair.partition("=")[2]
        requests.get(f"{options.url}/api/session", headers={"Authorization": f"Bearer {key}"}, timeout=10).raise_for_status()
    for pair in options.keys:
        name, _, key = pair.partition("=")
        report = run(options.url, name, key, options, folder)
        counts["faults"] += tell(name, report)
        counts["cases"] += report["test_cases"]["generated"]
    print(f"{counts['cases']} cases, {counts['faults']} kinds of faults; details are in {folder}")
    return 1 if counts["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
