#!/usr/bin/env python3
"""Puts our figures beside the peers' from one interleaved run: ratios.py FOLDER, with ours-*.json and peers-*.jsonl."""
import glob
import json
import sys


def median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def spread(values):
    return f"{median(values):,.4g} [{min(values):,.4g}..{max(values):,.4g}]"


def ours(folder):
    found = {}
    for path in sorted(glob.glob(folder + "/ours-*.json")):
        for row in json.load(open(path)):
            found.setdefault(row["name"], []).append(row["value"])
    return found


def peers(folder):
    indicators, engines = {}, {}
    for path in sorted(glob.glob(folder + "/peers-*.jsonl")):
        for line in open(path):
            row = json.loads(line.removeprefix("RESULT "))
            if "indicators" in row:
                for name, times in row["indicators"].items():
                    indicators.setdefault((row["peer"], name), []).append(times["cpu"])
            elif row.get("what") == "backtest":
                peer = " ".join(filter(None, [row["peer"], row.get("variant") or row.get("engine")]))
                key = (peer, row["case"])
                engines.setdefault(key, {"wall": [], "cpu": []})
                engines[key]["wall"].append(row["bars_per_s"])
                engines[key]["cpu"].append(row["bars"] / row["cpu_s"])
    return indicators, engines


def workflows(folder):
    found = {}
    for path in sorted(glob.glob(folder + "/peers-*.jsonl")):
        for line in open(path):
            row = json.loads(line.removeprefix("RESULT "))
            if row.get("what") == "workflow":
                key = (f"{row['peer']} {row['variant']}", row["concurrency"])
                entry = found.setdefault(key, {"speed": [], "p50": [], "wrong": 0})
                entry["speed"].append(row["steps_per_s"])
                entry["p50"].append(row["p50_ms"])
                entry["wrong"] += row["wrong_results"]
    return found


def print_workflows(mine, found):
    print("\ndurable runs of seven tasks (ratio of speeds: ours / peer; of latencies: peer / ours)")
    for (peer, at_once), row in found.items():
        speed = mine.get(f"workflow.tasks_per_second.{at_once}")
        if not speed:
            continue
        line = f"{peer}, {at_once} at once: {spread(row['speed'])} tasks/s  ours {spread(speed)}"
        line += f"  ratio {median(speed) / median(row['speed']):,.1f}"
        if at_once == 1 and mine.get("workflow.run7.p50"):
            p50 = mine["workflow.run7.p50"]
            line += f"; p50 {spread(row['p50'])} ms  ours {spread(p50)}  ratio {median(row['p50']) / median(p50):,.1f}"
        print(line + (f"  ({row['wrong']} wrong results)" if row["wrong"] else ""))


def main():
    mine = ours(sys.argv[1])
    found = workflows(sys.argv[1])
    if found:
        print_workflows(mine, found)
    indicators, engines = peers(sys.argv[1])
    if not engines:
        return
    print("\nindicators, ns a bar of processor time (fresh: with the making of the result; ratio: peer / ours)")
    for (peer, name), times in indicators.items():
        batch, fresh = mine.get(f"indicator.{name}.batch"), mine.get(f"indicator.{name}.columns")
        if not batch or not fresh:
            continue
        print(f"{name:8} {peer} {spread(times)}  ours {spread(batch)}, fresh {spread(fresh)}  "
              f"ratio {median(times) / median(batch):.2f}, fresh {median(times) / median(fresh):.2f}")
    print("\nbacktest, bars a second (ratio: ours / peer)")
    for (peer, case), speed in engines.items():
        our = mine.get(f"engine.{case}.bars_per_second")
        if our:
            print(f"{case:6} {peer} {spread(speed['wall'])}, by processor time {spread(speed['cpu'])}  "
                  f"ours {spread(our)}  ratio {median(our) / median(speed['wall']):,.1f}")


if __name__ == "__main__":
    main()
