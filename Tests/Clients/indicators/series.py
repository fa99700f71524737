"""Series to compare on, and the product's command that computes over them."""
import csv
import gzip
import io
import math
import os
import subprocess
import sys
import tempfile

import numpy as np

COLUMNS = ("open", "high", "low", "close", "volume")


def bellwether():
    """The command to test, from the environment variable BELLWETHER."""
    command = os.environ.get("BELLWETHER")
    if not command:
        sys.exit("set BELLWETHER to the path of the bellwether executable")
    return command


def random_series(count, seed, start=100.0, still=0.05):
    """A random walk of bars with eight decimals at most, some of them without movement."""
    rng = np.random.default_rng(seed)
    moves = np.where(rng.random(count) < still, 0.0, rng.normal(0, 0.01, count))
    close = start * np.exp(np.cumsum(moves - moves.mean()))
    opening = np.concatenate(([start], close[:-1])) * (1 + np.where(moves == 0, 0, rng.normal(0, 0.002, count)))
    high = np.maximum(opening, close) * (1 + np.where(moves == 0, 0, rng.random(count) * 0.004))
    low = np.minimum(opening, close) * (1 - np.where(moves == 0, 0, rng.random(count) * 0.004))
    volume = np.floor(rng.random(count) * 10000)
    rounded = [np.round(x, 8) for x in (opening, high, low, close)]
    return dict(zip(COLUMNS, [*rounded, volume]))


def ticking_series(count, seed, start=10_000):
    """A random walk in whole cents with many equal prices: the ties of candlestick patterns."""
    rng = np.random.default_rng(seed)
    close = np.maximum(start + np.cumsum(rng.integers(-12, 13, count)), 100)
    opening = np.maximum(np.concatenate(([start], close[:-1])) + rng.integers(-4, 5, count), 100)
    high = np.maximum(opening, close) + np.maximum(rng.integers(-3, 8, count), 0)
    low = np.minimum(opening, close) - np.maximum(rng.integers(-3, 8, count), 0)
    prices = [x.astype(float) / 100 for x in (opening, high, low, close)]
    return dict(zip(COLUMNS, [*prices, rng.integers(0, 1000, count).astype(float)]))


def real_series(folder):
    """Every daily file of the shared data, name to series, oldest row first.

    Rows without a price, and rows whose high and low do not bound the other prices, are left out, as the product does.
    """
    found = {}
    for part in ("bars/daily/long", "bars/daily/stocknet", "bars/daily/crypto"):
        path = os.path.join(folder, part)
        for name in sorted(os.listdir(path)) if os.path.isdir(path) else []:
            found[name.split(".")[0]] = _read(os.path.join(path, name))
    return found


def _read(path):
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    lower = [{(k or "").lower(): v for k, v in row.items()} for row in rows]
    date = "date" if "date" in lower[0] else "timestamp"
    lower.sort(key=lambda row: row[date])
    kept = []
    for row in lower:
        try:
            values = [float(row[c]) for c in COLUMNS]
        except ValueError:
            continue
        opening, high, low, close = values[:4]
        is_bounded = 0 < low <= min(opening, close) and high >= max(opening, close)
        if all(math.isfinite(v) for v in values) and is_bounded:
            kept.append(values)
    table = np.round(np.array(kept), 8)
    return {c: np.ascontiguousarray(table[:, i]) for i, c in enumerate(COLUMNS)}


class Product:
    """Runs the command over one series."""

    def __init__(self, series):
        self.count = len(series["close"])
        handle, self.path = tempfile.mkstemp(suffix=".csv")
        with os.fdopen(handle, "w") as file:
            file.write("timestamp,open,high,low,close,volume\n")
            start = np.datetime64("2000-01-01T00:00:00")
            times = start + np.arange(self.count) * np.timedelta64(60, "s")
            columns = [series[c].tolist() for c in COLUMNS]
            for row in zip(times.astype(str).tolist(), *columns):
                file.write(row[0] + "Z," + ",".join(f"{v:.8f}" for v in row[1:]) + "\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.unlink(self.path)

    def run(self, *arguments):
        """The command's columns by name, NaN for empty cells."""
        command = [bellwether(), "indicators", *arguments, self.path]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr or done.stdout}")
        header = done.stdout.split("\n", 1)[0].strip().split(",")
        names = header[1:]
        table = np.genfromtxt(
            io.StringIO(done.stdout), delimiter=",", skip_header=1, usecols=range(1, len(header)), ndmin=2)
        if len(table) != self.count:
            sys.exit(f"{' '.join(command)} gave {len(table)} rows for {self.count} bars")
        return {name: table[:, i] for i, name in enumerate(names)}
