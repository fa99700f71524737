#!/usr/bin/env python3
"""TA-Lib over the reference bars: nanoseconds a bar, the median of some calls, one JSON object.

    talib_indicators.py M1.csv [CALLS]

Wall and processor time are both taken: where neighbours share the cores, the second says what the work costs.
"""
import json
import sys
import time

import numpy as np
import talib


def main():
    calls = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    high, low, close, volume = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1, usecols=(2, 3, 4, 5)).T.copy()
    work = {
        "sma": lambda: talib.SMA(close, 50),
        "ema": lambda: talib.EMA(close, 50),
        "wma": lambda: talib.WMA(close, 50),
        "rsi": lambda: talib.RSI(close, 14),
        "macd": lambda: talib.MACD(close, 12, 26, 9),
        "stoch": lambda: talib.STOCH(high, low, close, 14, 3, 0, 3, 0),
        "roc": lambda: talib.ROC(close, 10),
        "adx": lambda: talib.ADX(high, low, close, 14),
        "bbands": lambda: talib.BBANDS(close, 20, 2.0, 2.0),
        "stddev": lambda: talib.STDDEV(close, 20),
        "trange": lambda: talib.TRANGE(high, low, close),
        "atr": lambda: talib.ATR(high, low, close, 14),
        "obv": lambda: talib.OBV(close, volume),
    }
    found = {}
    for name, call in work.items():
        call()
        wall, cpu = [], []
        for _ in range(calls):
            start = (time.perf_counter_ns(), time.thread_time_ns())
            call()
            wall.append(time.perf_counter_ns() - start[0])
            cpu.append(time.thread_time_ns() - start[1])
        found[name] = {"wall": sorted(wall)[calls // 2] / len(close), "cpu": sorted(cpu)[calls // 2] / len(close)}
    print(json.dumps({"peer": f"TA-Lib {talib.__version__}", "indicators": found}))


if __name__ == "__main__":
    main()
