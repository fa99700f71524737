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


def main():
    mine = ours(sys.argv[1])
    indicators, engines = peers(sys.argv[1])
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
