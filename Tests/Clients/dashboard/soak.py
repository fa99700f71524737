"""Uses the dashboard for a long time while a fast market streams, and tells whether memory stays flat.

    BELLWETHER_SIMULATION_INSTRUMENTS=150 BELLWETHER_SIMULATION_BAR_LENGTH=1m bellwether run --speed 600
    python3 soak.py http://127.0.0.1:8000 "$(bellwether login)" --minutes 12 --pid PROCESS

Goes round the pages that stream and measures at the same page each time, after a collection of garbage. The first third
warms up; the most of the last third is held against the most of the second. Leaves with 1 where something grew.
"""

import argparse
import pathlib
import statistics
import sys
import time
from datetime import datetime

from playwright.sync_api import sync_playwright
from visitor import Visitor

ROUND = ["markets", "orders?view=done", "decisions", "system/log", "system", "overview"]
# Measured where nothing depends on what the market does: other pages hold as many rows as there are positions.
HOME = ("settings/appearance", "Settings")
MOST_GAP = 1000
# What may grow between the second and the last third: a share, and a little on top of it in the unit of the figure.
ROOM = {"heap": (0.10, 0.5), "nodes": (0.10, 50), "listeners": (0.10, 10), "rss": (0.10, 16)}
FRAMES = """() => {
    const frames = window.frames_ = { last: performance.now(), longest: 0, count: 0, late: 0 };
    const see = (now) => {
        const gap = now - frames.last;
        Object.assign(frames, { last: now, count: frames.count + 1, late: frames.late + (gap > 50 ? 1 : 0),
            longest: Math.max(frames.longest, gap) });
        requestAnimationFrame(see);
    };
    requestAnimationFrame(see);
}"""
TAKE_FRAMES = """() => {
    const { count, late, longest } = window.frames_;
    Object.assign(window.frames_, { count: 0, late: 0, longest: 0, last: performance.now() });
    return { count, late, longest };
}"""


def main():
    options = read_arguments()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        visitor = Visitor(browser, options.url, options.login, viewport={"width": 1440, "height": 900})
        visitor.sign_in()
        samples = soak(visitor, options)
        browser.close()
    complaints = visitor.complaints + judge(samples, options)
    print("\n".join(f"  ✕ {line}" for line in complaints) or "flat: nothing grew, no complaint")
    sys.exit(1 if complaints else 0)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", help="where the dashboard is")
    parser.add_argument("login", help="a login link")
    parser.add_argument("--pid", type=int, help="the server's process, for its memory")
    parser.add_argument("--minutes", type=float, default=12, help="how long")
    parser.add_argument("--hours", type=float, default=24, help="how many hours of the market must have gone by")
    parser.add_argument("--stay", type=float, default=5, help="seconds on each page")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the browser's program")
    return parser.parse_args()


def soak(visitor, options):
    """Goes round until the time is over; one sample a round."""
    client = visitor.context.new_cdp_session(visitor.page)
    client.send("Performance.enable")
    visitor.page.evaluate(FRAMES)
    ends = time.monotonic() + options.minutes * 60
    began = time.monotonic()
    samples = []
    while time.monotonic() < ends:
        for place in ROUND:
            visitor.go(place)
            visitor.page.wait_for_timeout(options.stay * 1000)
        visitor.go(*HOME)
        samples.append(sample(visitor, client, options, time.monotonic() - began))
        print(line(samples[-1]), flush=True)
    return samples


def sample(visitor, client, options, seconds):
    frames = visitor.page.evaluate(TAKE_FRAMES)
    client.send("HeapProfiler.collectGarbage")
    found = {entry["name"]: entry["value"] for entry in client.send("Performance.getMetrics")["metrics"]}
    status = visitor.read("/status")
    return {
        "seconds": seconds,
        "market": datetime.fromisoformat(status["market_time"].replace("Z", "+00:00")),
        "bars": status["bars"],
        "heap": found["JSHeapUsedSize"] / 1e6,
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
        "rss": resident(options.pid),
        "frames": frames["count"],
        "late": frames["late"],
        "longest": frames["longest"],
    }


def resident(process):
    """A process's memory in MB; none where it is not known."""
    if process is None:
        return None
    lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(text.split()[1]) / 1000 for text in lines if text.startswith("VmRSS"))


def line(sample):
    rss = "-" if sample["rss"] is None else f"{sample['rss']:.0f} MB"
    return (
        f"{sample['seconds']:5.0f} s  market {sample['market']:%Y-%m-%d %H:%M}  bars {sample['bars']:>8}  server {rss:>7}  "
        f"heap {sample['heap']:5.2f} MB  nodes {sample['nodes']:5.0f}  listeners {sample['listeners']:4.0f}  "
        f"frames {sample['frames']:5}, over 50 ms {sample['late']:4}, longest {sample['longest']:4.0f} ms"
    )


def judge(samples, options):
    """What grew, and whether it went on for long enough."""
    if len(samples) < 6:
        return [f"{len(samples)} rounds are too few to tell; take more minutes"]
    third = len(samples) // 3
    complaints = []
    for name, (share, more) in ROOM.items():
        values = [entry[name] for entry in samples if entry[name] is not None]
        if not values:
            continue
        before, after = max(values[third : 2 * third]), max(values[2 * third :])
        print(f"{name}: {values[0]:.1f} at first, {before:.1f} in the second third at most, {after:.1f} in the last")
        if after > before * (1 + share) + more:
            complaints.append(f"{name} grew from {before:.1f} to {after:.1f}")
    hours = (samples[-1]["market"] - samples[0]["market"]).total_seconds() / 3600
    frames, late = sum(entry["frames"] for entry in samples), sum(entry["late"] for entry in samples)
    print(f"the market went on {hours:.0f} h; {late} of {frames} frames took over 50 ms")
    if hours < options.hours:
        complaints.append(f"the market went on {hours:.1f} h, {options.hours} are wanted: raise --speed or --minutes")
    longest = statistics.median(entry["longest"] for entry in samples)
    if longest > MOST_GAP:
        complaints.append(f"pages stood still for {longest:.0f} ms in the middle of rounds")
    return complaints


main()
