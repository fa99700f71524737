"""Prints what empyrical-reloaded computes for the random returns of ReturnFiguresTests, one Swift row a seed.

Needs: pip install empyrical-reloaded
Run:   python3 Tests/Clients/performance/expected.py
Check: the rows are those in Tests/Trading/AccountingTests/Performance/ReturnFiguresTests.swift.
"""

import numpy
from empyrical import stats

MASK = (1 << 64) - 1
RISK_FREE = 0.03
PERIODS = 252


class SeededRandom:
    """SplitMix64, as in Determinism."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def normal(self):
        total = -6.0
        for _ in range(12):
            total += (self.next() >> 11) * 2.0**-53
        return total


def returns(seed):
    random = SeededRandom(seed)
    return numpy.array([0.0005 + 0.01 * random.normal() for _ in range(300 + 40 * seed)])


for seed in range(6):
    series = returns(seed)
    figures = [
        stats.annual_volatility(series, annualization=PERIODS),
        stats.sharpe_ratio(series, risk_free=RISK_FREE / PERIODS, annualization=PERIODS),
        stats.sortino_ratio(series, required_return=RISK_FREE / PERIODS, annualization=PERIODS),
        -stats.value_at_risk(series, cutoff=0.05),
        -stats.conditional_value_at_risk(series, cutoff=0.05),
        -stats.max_drawdown(series),
    ]
    print(f"({seed}, [{', '.join(repr(float(figure)) for figure in figures)}]),")
