"""Lets Prometheus scrape a running desk and compares what it holds with the documents and with what was done.

    python3 scrape.py --binary .build/release/bellwether

Starts Debian's prometheus on loopback with a folder of its own, which is removed again.
"""

import argparse
import contextlib
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/Clients/kit"))

from running_desk import RunningDesk

CONFIG = """global: {{scrape_interval: 1s, scrape_timeout: 1s}}
scrape_configs:
  - job_name: bellwether
    authorization: {{credentials_file: {key}}}
    static_configs: [{{targets: ["{target}"]}}]
"""
ROUNDS = 25
WORKFLOW = {
    "name": "measured", "steps": [
        {"name": "first", "type": "classify", "params": {"categories": ["urgent", "normal"]}},
        {"name": "second", "type": "notify", "depends_on": ["first"], "params": {"message": "hello"}},
    ],
}


class Prometheus:
    """A Prometheus that scrapes one desk every second."""

    def __init__(self, program, desk, key):
        self.folder = tempfile.TemporaryDirectory(prefix="bellwether-prometheus-")
        folder = pathlib.Path(self.folder.name)
        (folder / "key").write_text(key)
        target = urllib.parse.urlparse(desk.url).netloc
        (folder / "config.yml").write_text(CONFIG.format(key=folder / "key", target=target))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{address}"
        self.output = open(folder / "output", "w")
        self.process = subprocess.Popen(
            [program, f"--config.file={folder}/config.yml", f"--storage.tsdb.path={folder}/data",
             f"--web.listen-address={address}", "--log.level=warn"], stdout=self.output, stderr=subprocess.STDOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.output.close()
        self.folder.cleanup()

    def ask(self, path, **query):
        """The data of an answer; None while it cannot be reached."""
        address = f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(query)}"
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            with urllib.request.urlopen(address, timeout=10) as answer:
                return json.loads(answer.read())["data"]

    def samples(self, expression):
        """Labels and value of every series."""
        found = (self.ask("query", query=expression) or {"result": []})["result"]
        return [(series["metric"], float(series["value"][1])) for series in found]

    def value(self, expression):
        """The one value of an expression; 0 where there is none."""
        return sum(value for _, value in self.samples(expression))

    def last_scrape(self):
        """When the target was last scraped, and None while it is not up."""
        targets = (self.ask("targets") or {"activeTargets": []})["activeTargets"]
        return targets[0]["lastScrape"] if targets and targets[0]["health"] == "up" else None

    def settle(self, scrapes=2):
        """Waits until what was done before has been scraped."""
        for _ in range(scrapes):
            before = self.last_scrape()
            wait(lambda: self.last_scrape() not in (before, None), "a scrape")


def wait(question, what, seconds=30):
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > deadline:
            raise SystemExit(f"{what} did not come within {seconds} s")
        time.sleep(0.1)
    return answer


class Doer:
    """Does things and counts them."""

    def __init__(self, desk, key):
        self.desk, self.key, self.seconds = desk, key, 0.0

    def ask(self, method, path, body=None, key=None):
        """The status and the JSON."""
        headers = {"Authorization": f"Bearer {key or self.key}"}
        if method != "GET":
            headers |= {"Content-Type": "application/json", "Idempotency-Key": f"scrape-{time.time_ns()}"}
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.desk.url + path, data=data, method=method, headers=headers)
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")
        finally:
            self.seconds = time.monotonic() - began


def documented():
    """Every name with its type, as docs/metrics.md has them."""
    text = (ROOT / "docs/metrics.md").read_text()
    return dict(re.findall(r"^\| `([a-z_]+)` \| (\w+) \|", text, re.M))


def names_are_there(prometheus, complaints):
    """Every documented name is known to Prometheus with its type, and no other."""
    wanted = documented()
    held = set(prometheus.ask("label/__name__/values"))
    for name, kind in wanted.items():
        parts = [f"{name}_{part}" for part in ("bucket", "sum", "count")] if kind == "histogram" else [name]
        complaints += [f"{part} is documented and was not scraped" for part in parts if part not in held]
    known = prometheus.ask("metadata") or {}
    for name, entries in known.items():
        if name.startswith(("bellwether_", "process_")):
            if wanted.get(name) != entries[0]["type"]:
                complaints.append(f"{name} is a {entries[0]['type']}, documented as {wanted.get(name)}")
            if not entries[0]["help"]:
                complaints.append(f"{name} has no help")
    return len(wanted)


def buckets_are_right(prometheus, complaints):
    """Buckets of every series are cumulative, end in +Inf, which is the count, and hold the sum."""
    looked = 0
    for name in [name for name, kind in documented().items() if kind == "histogram"]:
        series = {}
        for labels, value in prometheus.samples(f"{name}_bucket"):
            rest = tuple(sorted((k, v) for k, v in labels.items() if k not in ("le", "__name__")))
            series.setdefault(rest, {})[float(labels["le"].replace("Inf", "inf"))] = value
        for rest, buckets in series.items():
            looked += 1
            ordered = [buckets[bound] for bound in sorted(buckets)]
            if ordered != sorted(ordered) or float("inf") not in buckets:
                complaints.append(f"{name}{rest} is not cumulative: {ordered}")
            where = ",".join(f'{k}="{v}"' for k, v in rest if k not in ("job", "instance"))
            count, total = (prometheus.value(f"{name}_{part}{{{where}}}") for part in ("count", "sum"))
            if count != ordered[-1]:
                complaints.append(f"{name}{rest}: {count} observations, {ordered[-1]} in the last bucket")
            low = sum(
                (buckets[bound] - before) * lower for bound, before, lower in steps(buckets) if bound != float("inf"))
            if not low <= total + 1e-9:
                complaints.append(f"{name}{rest}: a sum of {total} is less than its buckets say, {low}")
    return looked


def steps(buckets):
    """Each bound with the count and the bound before it."""
    before, lower = 0.0, 0.0
    for bound in sorted(buckets):
        yield bound, before, lower
        before, lower = buckets[bound], bound


def counts_are_right(prometheus, doer, complaints):
    """What is done is counted, exactly."""
    requests = 'bellwether_http_requests_total{method="%s",route="%s",status="%s"}'
    watched = {
        "answers": (requests % ("GET", "/api/portfolio", 200), ROUNDS),
        "unknown orders": (requests % ("GET", "/api/orders/{id}", 404), 3),
        "strangers": (requests % ("GET", "none", 401), 4),
        "wrong requests": (requests % ("POST", "/api/orders", 422), 2),
        "orders placed": (requests % ("POST", "/api/orders", 200), 1),
        "timed": ('bellwether_http_request_seconds_count{route="/api/portfolio"}', ROUNDS),
        "refusals": ('bellwether_http_refusals_total{reason="unauthenticated"}', 4),
        "verdicts on orders": ("bellwether_desk_orders_total + bellwether_desk_refusals_total", 1),
        "runs": ('bellwether_workflow_runs_total{status="completed"}', 1),
        "times of runs": ('bellwether_workflow_run_seconds_count{workflow="measured"}', 1),
        "tasks": ('bellwether_task_seconds_count{type="classify",outcome="completed"}', 1),
        "messages": ('bellwether_queue_messages{queue="dead-letter-queue",state="available"}', 2),
        "halts": ("bellwether_desk_halted", 1),
    }
    prometheus.settle()
    timed = 'bellwether_http_request_seconds_sum{route="/api/portfolio"}'
    before = {name: prometheus.value(expression) for name, (expression, _) in watched.items()}
    took = -prometheus.value(timed)
    spent = do(doer)
    prometheus.settle()
    for name, (expression, grows) in watched.items():
        found = prometheus.value(expression) - before[name]
        if found != grows:
            complaints.append(f"{name}: {expression} grew by {found:g}, and {grows} were done")
    took += prometheus.value(timed)
    if not 0 < took < spent:
        complaints.append(f"the requests took {spent:.3f} s here, and {took:.3f} s there")
    return len(watched)


def do(doer):
    """Does what `counts_are_right` expects; the seconds that asking for the portfolio took."""
    spent = 0.0
    for _ in range(ROUNDS):
        doer.ask("GET", "/api/portfolio")
        spent += doer.seconds
    for _ in range(3):
        doer.ask("GET", "/api/orders/no-such-order")
    for _ in range(4):
        doer.ask("GET", "/api/portfolio", key="bw_nobody_nothing")
    symbol = doer.ask("GET", "/api/instruments")[1]["items"][0]["symbol"]
    for side in ("up", "down"):
        doer.ask("POST", "/api/orders", {"symbol": symbol, "side": side, "quantity": 1, "reason": "a check"})
    doer.ask("POST", "/api/orders", {"symbol": symbol, "side": "buy", "quantity": 1, "reason": "a check"})
    for _ in range(2):
        doer.ask("POST", "/api/queues/dead-letter-queue/messages", {"body": "a message"})
    status, run = doer.ask("POST", "/api/workflows/measured/runs", {"test_mode": True})
    ended = lambda: doer.ask("GET", "/api/runs")[1]["items"][0]["status"] not in ("pending", "running")
    wait(ended, "the run's end")
    doer.ask("POST", "/api/desk/halt", {"reason": "a check"})
    wait(lambda: doer.ask("GET", "/api/status")[1]["trading"]["state"] == "halted", "the halt")
    return spent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, help="the program")
    parser.add_argument("--prometheus", default="prometheus", help="its program")
    options = parser.parse_args()
    complaints = []
    with RunningDesk(options.binary) as desk:
        doer = Doer(desk, desk.key())
        doer.ask("POST", "/api/workflows", WORKFLOW)
        with Prometheus(options.prometheus, desk, desk.key("viewer")) as prometheus:
            wait(prometheus.last_scrape, "a target that is up")
            counts = counts_are_right(prometheus, doer, complaints)
            names = names_are_there(prometheus, complaints)
            series = buckets_are_right(prometheus, complaints)
            up = prometheus.value("min_over_time(up[1m])")
            if up != 1:
                complaints.append("the target was down in between")
    for line in complaints:
        print("WRONG", line)
    print(f"{names} names, {counts} counts, {series} series of histograms: {len(complaints)} complaints")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
