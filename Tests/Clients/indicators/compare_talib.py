#!/usr/bin/env python3
"""Compares `bellwether indicators compute` with TA-Lib.

    pip install -r requirements.txt
    BELLWETHER=/path/to/bellwether BELLWETHER_TEST_DATA=/path/to/data python compare_talib.py [--bars 20000]

Two values agree where they differ by no more than 1e-9 of the value plus 1e-12 of the size of what it was formed from: the
largest price for what is in prices, 100 for what is in percent. (An absolute part is needed because a difference of averages
can be arbitrarily near zero.) A value on one side only counts as a disagreement, except before both sides have warmed up
where the product waits for all columns of an indicator.

TA-Lib's STDDEV and BBANDS subtract running sums of squares and are themselves inexact where prices are large against their
movement; deviations are therefore compared with a two-pass computation in numpy to 1e-9, and with TA-Lib to what TA-Lib can
keep. Ends with 1 where anything disagrees.
"""
import argparse
import os
import sys

import numpy as np
import talib

from series import Product, random_series, real_series, ticking_series


def exact_deviation(close, period):
    if len(close) < period:
        return np.full(len(close), np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(close, period)
    distances = windows - windows[:, :1]
    deviation = np.sqrt(((distances - distances.mean(axis=1, keepdims=True)) ** 2).mean(axis=1))
    return np.concatenate((np.full(period - 1, np.nan), deviation))


def cases(s):
    """(name, parameters, {column: (expected, scale)}) for one series."""
    o, h, l, c, v = (s[k] for k in ("open", "high", "low", "close", "volume"))
    price, percent = float(np.max(h)), 100.0
    mean = np.mean(c)
    for n in (1, 2, 9, 20, 50, 200):
        wilder = {"period": n}
        if n > 1:
            yield "sma", wilder, {"sma": (talib.SMA(c, n), price)}
            yield "ema", wilder, {"ema": (talib.EMA(c, n), price)}
            yield "wma", wilder, {"wma": (talib.WMA(c, n), price)}
            yield "rsi", wilder, {"rsi": (talib.RSI(c, n), percent)}
            yield "adx", wilder, {
                "adx": (talib.ADX(h, l, c, n), percent),
                "plus_di": (talib.PLUS_DI(h, l, c, n), percent),
                "minus_di": (talib.MINUS_DI(h, l, c, n), percent)}
            yield "dmi", wilder, {
                "plus_di": (talib.PLUS_DI(h, l, c, n), percent),
                "minus_di": (talib.MINUS_DI(h, l, c, n), percent)}
            exact = exact_deviation(c, n)
            least = np.nanmin(exact) if len(c) >= n else 0.0
            yield "stddev", wilder, {"stddev": (exact, 0.0 if least > 1e-9 * mean else price)}
            yield "stddev", wilder, {"stddev": (talib.STDDEV(c, n), 1e5 * price)}
            middle = talib.SMA(c, n)
            for width in (1.0, 2.0, 2.5):
                yield "bbands", {"period": n, "deviations": width}, {
                    "upper": (middle + width * exact, price),
                    "middle": (middle, price),
                    "lower": (middle - width * exact, price)}
            upper, middle, lower = talib.BBANDS(c, n, 2.0, 2.0)
            yield "bbands", wilder, {
                "upper": (upper, 1e5 * price), "middle": (middle, price), "lower": (lower, 1e5 * price)}
            top, bottom = talib.MAX(h, n), talib.MIN(l, n)
            yield "donchian", wilder, {
                "upper": (top, 0.0), "middle": ((top + bottom) / 2, 0.0), "lower": (bottom, 0.0)}
        yield "roc", wilder, {"roc": (talib.ROC(c, n), percent)}
        yield "atr", wilder, {"atr": (talib.ATR(h, l, c, n), price)}
    yield "trange", {}, {"trange": (talib.TRANGE(h, l, c), price)}
    yield "obv", {}, {"obv": (talib.OBV(c, v), float(np.sum(v)))}
    for fast, slow, signal in ((12, 26, 9), (5, 35, 5), (3, 10, 16), (26, 12, 9)):
        macd = talib.MACD(c, fast, slow, signal)
        yield "macd", {"fast": fast, "slow": slow, "signal": signal}, {
            name: (column, price) for name, column in zip(("macd", "signal", "histogram"), macd)}
    for n, smoothing, signal in ((14, 3, 3), (5, 3, 2), (14, 1, 3), (21, 10, 1), (50, 5, 5)):
        k, d = talib.STOCH(h, l, c, n, smoothing, 0, signal, 0)
        yield "stoch", {"period": n, "smoothing": smoothing, "signal": signal}, {
            "k": (k, percent), "d": (d, percent)}


def compare(got, expected, scale, may_wait):
    """How many values disagree, and the worst relative difference among values above the scale's noise."""
    known = ~np.isnan(expected)
    first = int(np.argmax(~np.isnan(got))) if not np.all(np.isnan(got)) else len(got)
    if may_wait:
        known[:first] = False
    ours = ~np.isnan(got)
    if not np.array_equal(known, ours):
        return int(np.sum(known != ours)), float("inf")
    if not known.any():
        return 0, 0.0
    difference = np.abs(got[known] - expected[known])
    wrong = difference > 1e-9 * np.abs(expected[known]) + 1e-12 * scale
    large = np.abs(expected[known]) > 1e-3 * scale
    worst = np.max(difference[large] / np.abs(expected[known][large]), initial=0.0)
    return int(np.sum(wrong)), float(worst)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bars", type=int, default=20_000)
    parser.add_argument("--only", help="one indicator")
    options = parser.parse_args()
    series = {
        "random 100": random_series(options.bars, 1),
        "random 30000": random_series(options.bars, 2, 30_000.0),
        "random 0.01": random_series(options.bars, 3, 0.01),
        "random 64": random_series(64, 4),
        "cents": ticking_series(options.bars, 5),
    }
    folder = os.environ.get("BELLWETHER_TEST_DATA")
    if folder:
        real = real_series(folder)
        series |= {name: real[name] for name in list(real)[::6] + ["SPX_1950-2012", "BTCUSD_2017-2021"] if name in real}
    else:
        print("BELLWETHER_TEST_DATA is not set: no real series compared")
    failures, totals = 0, {}
    for title, data in series.items():
        with Product(data) as product:
            for name, parameters, expected in cases(data):
                if options.only and name != options.only:
                    continue
                got = product.run("compute", name, *(f"{k}={v}" for k, v in parameters.items()))
                for column, (values, scale) in expected.items():
                    wrong, worst = compare(got[column], values, scale, may_wait=name == "adx")
                    count, most = totals.get((name, column), (0, 0.0))
                    totals[name, column] = (count + len(values), max(most, worst if scale <= 1e4 * np.max(data["high"]) else 0))
                    if wrong:
                        failures += 1
                        print(f"DIFFERS {title}: {name} {parameters} {column}: {wrong} values, worst {worst:.3g}")
    print(f"{len(series)} series; worst relative difference by column:")
    for (name, column), (count, most) in totals.items():
        print(f"  {name:10} {column:10} {count:9} values  {most:.2e}")
    print("TA-Lib", talib.__version__, "DISAGREES" if failures else "agrees")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
