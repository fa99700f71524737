#!/usr/bin/env python3
"""Compares `bellwether indicators patterns` with TA-Lib's CDL functions, bar by bar.

    BELLWETHER=/path/to/bellwether BELLWETHER_TEST_DATA=/path/to/data python compare_patterns.py

Prints for each pattern how often TA-Lib found it, how often the product did, and on how many bars the two agree, signs
included. TA-Lib keeps the averages it compares with as running sums, whose rounding decides ties; the product forms each
average anew. A bar on which the two differ is therefore called a tie where TA-Lib itself gives the product's answer when it
is run on just the bars that the pattern needs. Ends with 1 where bars differ that are no ties.
"""
import os
import sys

import numpy as np
import talib

from series import Product, random_series, real_series, ticking_series

FUNCTIONS = {
    "doji": talib.CDLDOJI,
    "dragonfly_doji": talib.CDLDRAGONFLYDOJI,
    "gravestone_doji": lambda *x: -talib.CDLGRAVESTONEDOJI(*x),
    "hammer": talib.CDLHAMMER,
    "hanging_man": talib.CDLHANGINGMAN,
    "inverted_hammer": talib.CDLINVERTEDHAMMER,
    "shooting_star": talib.CDLSHOOTINGSTAR,
    "marubozu": talib.CDLMARUBOZU,
    "engulfing": talib.CDLENGULFING,
    "harami": talib.CDLHARAMI,
    "piercing_line": talib.CDLPIERCING,
    "dark_cloud_cover": talib.CDLDARKCLOUDCOVER,
    "morning_star": talib.CDLMORNINGSTAR,
    "evening_star": talib.CDLEVENINGSTAR,
    "three_white_soldiers": talib.CDL3WHITESOLDIERS,
    "three_black_crows": talib.CDL3BLACKCROWS,
}


def is_tie(function, prices, index, ours):
    """Whether TA-Lib, started just before the bar, gives the product's answer."""
    starts = range(max(0, index - 17), max(0, index - 13) + 1)  # 13 bars before are enough for every pattern
    return any(np.sign(function(*(x[start:index + 1] for x in prices))[-1]) == ours for start in starts)


def main():
    series = {"random": random_series(20_000, 1), "cents": ticking_series(100_000, 2)}
    folder = os.environ.get("BELLWETHER_TEST_DATA")
    series |= real_series(folder) if folder else {}
    counts = {name: np.zeros(5, dtype=int) for name in FUNCTIONS}
    for data in series.values():
        prices = [data[k] for k in ("open", "high", "low", "close")]
        with Product(data) as product:
            got = product.run("patterns")
        for name, function in FUNCTIONS.items():
            theirs, ours = np.sign(function(*prices)), got[name]
            known = ~np.isnan(ours)
            different = [i for i in np.flatnonzero(known) if theirs[i] != ours[i]]
            ties = sum(is_tie(function, prices, i, ours[i]) for i in different)
            counts[name] += (
                known.sum(), (theirs[known] != 0).sum(), (ours[known] != 0).sum(), len(different), ties)
    print(f"{len(series)} series, {'with' if folder else 'without'} real data")
    print(f"{'pattern':22}{'bars':>9}{'TA-Lib':>9}{'ours':>9}{'differ':>8}{'ties':>7}  agreement")
    for name, (bars, theirs, ours, different, ties) in counts.items():
        print(f"{name:22}{bars:9}{theirs:9}{ours:9}{different:8}{ties:7}  {100 * (bars - different) / bars:.4f} %")
    sys.exit(1 if any(row[3] > row[4] for row in counts.values()) else 0)


if __name__ == "__main__":
    main()
