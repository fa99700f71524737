#!/usr/bin/env python3
"""Compares the portfolio solvers with SciPy on random covariances and on a panel of real prices.

Needs numpy and scipy; the panel is read from $BELLWETHER_TEST_DATA or ../shared/data beside the checkout.
Run from the checkout: python3 Tests/Clients/analysis/judge_optimiser.py
"""
import csv
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from scipy.optimize import minimize

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATA = pathlib.Path(os.environ.get("BELLWETHER_TEST_DATA", ROOT.parent / "shared" / "data"))


def random_problems(rng):
    for count in (1, 2, 3, 5, 8, 12, 20, 30, 50):
        for observations in (count + 2, 3 * count, 252):
            factor = rng.normal(size=(observations, 1)) * rng.uniform(0.2, 1.5, size=(1, count))
            noise = rng.normal(size=(observations, count)) * rng.uniform(0.1, 1.0, size=(1, count))
            returns = 0.01 * (factor + noise)
            covariance = np.atleast_2d(np.cov(returns.T, bias=True)) + 1e-7 * np.eye(count)
            for total, slack in ((1.0, 1.0), (0.9, 2.0), (0.9, 1.2), (0.5, 1e9)):
                cap = min(1.0, slack * total / count)
                yield dict(covariance=covariance.tolist(), total=total, cap=max(cap, total / count),
                           returns=returns.T.tolist() if count > 1 else None)


def panel_problems():
    path = DATA / "bars/daily/panel/pypfopt_20stocks_adjclose_1989-2018.csv.gz"
    rows = list(csv.reader(gzip.open(path, "rt")))[1:]
    complete = np.array([[float(x) for x in row[1:]] for row in rows if all(row[1:])])
    for start in range(0, len(complete) - 253, 63):
        returns = np.diff(np.log(complete[start:start + 253]), axis=0)
        covariance = np.cov(returns.T, bias=True)
        for total, cap in ((0.9, 0.1), (1.0, 0.25), (1.0, 1.0)):
            yield dict(covariance=covariance.tolist(), total=total, cap=cap, returns=returns.T.tolist())


def answers(problems):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "problems.json").write_text(json.dumps(problems))
        subprocess.run(["swift", "test", "--filter", "OptimiserJudgeTests"], cwd=ROOT, check=True,
                       env={**os.environ, "BELLWETHER_JUDGE": folder}, stdout=subprocess.DEVNULL)
        return json.loads(pathlib.Path(folder, "answers.json").read_text())


def slsqp(covariance, total, cap, start):
    scale = np.trace(covariance) / len(covariance)
    scaled = covariance / scale
    best = minimize(lambda w: 0.5 * w @ scaled @ w, start, jac=lambda w: scaled @ w, method="SLSQP",
                    bounds=[(0, cap)] * len(covariance),
                    constraints=dict(type="eq", fun=lambda w: w.sum() - total, jac=lambda w: np.ones(len(w))),
                    options=dict(ftol=1e-15, maxiter=2000))
    return best.fun * scale


def barrier(covariance, contribution, cap):
    scale = np.trace(covariance) / len(covariance)
    scaled, level = covariance / scale, contribution / scale
    count = len(covariance)
    best = minimize(lambda w: 0.5 * w @ scaled @ w - level * np.log(w).sum(), np.full(count, cap / 2),
                    jac=lambda w: scaled @ w - level / w, method="L-BFGS-B", bounds=[(1e-9, cap)] * count,
                    options=dict(ftol=1e-16, gtol=1e-12, maxiter=100000, maxfun=1000000))
    return best.fun


def shrink_reference(returns):
    """Ledoit and Wolf's constant-correlation shrinkage, written from the paper's appendix with loops."""
    x = np.array(returns).T
    t, n = x.shape
    x = x - x.mean(axis=0)
    s = x.T @ x / t
    std = np.sqrt(np.diag(s))
    corr = s / np.outer(std, std)
    rbar = (corr.sum() - n) / (n * (n - 1))
    f = rbar * np.outer(std, std)
    np.fill_diagonal(f, np.diag(s))
    pi = np.array([[np.mean((x[:, i] * x[:, j] - s[i, j]) ** 2) for j in range(n)] for i in range(n)])
    rho = np.trace(pi)
    for i in range(n):
        for j in range(n):
            if i != j:
                cross = x[:, i] * x[:, j] - s[i, j]
                ii = np.mean((x[:, i] ** 2 - s[i, i]) * cross)
                jj = np.mean((x[:, j] ** 2 - s[j, j]) * cross)
                rho += rbar / 2 * (std[j] / std[i] * ii + std[i] / std[j] * jj)
    gamma = ((f - s) ** 2).sum()
    intensity = max(0.0, min(1.0, (pi.sum() - rho) / gamma / t)) if gamma > 1e-18 * (s ** 2).sum() else 0.0
    return intensity * f + (1 - intensity) * s, intensity


def main():
    problems = list(random_problems(np.random.default_rng(7))) + list(panel_problems())
    worst = dict(variance=-1.0, sum=0.0, bounds=0.0, parity=0.0, barrier=-1.0, shrink=0.0)
    steps = rounds = 0
    for problem, answer in zip(problems, answers(problems), strict=True):
        covariance, total, cap = np.array(problem["covariance"]), problem["total"], problem["cap"]
        w = np.array(answer["minimumVariance"])
        start = np.full(len(w), total / len(w))
        judged = min(slsqp(covariance, total, cap, start), slsqp(covariance, total, cap, w))
        worst["variance"] = max(worst["variance"], (0.5 * w @ covariance @ w - judged) / judged)
        p = np.array(answer["riskParity"])
        for weights in (w, p):
            worst["sum"] = max(worst["sum"], abs(weights.sum() - total))
            worst["bounds"] = max(worst["bounds"], -weights.min(), weights.max() - cap)
        parts = p * (covariance @ p)
        free = p < cap * (1 - 1e-9)
        if free.any() and answer["contribution"] > 0:
            worst["parity"] = max(worst["parity"], np.abs(parts[free] / answer["contribution"] - 1).max())
            mine = 0.5 * p @ covariance @ p - answer["contribution"] * np.log(p).sum()
            scale = np.trace(covariance) / len(covariance)
            if (parts[~free] > answer["contribution"] * (1 + 1e-9)).any():
                sys.exit("a capped name carries more than the others")
            judged = barrier(covariance, answer["contribution"], cap) * scale
            worst["barrier"] = max(worst["barrier"], (mine - judged) / abs(judged))
        if answer.get("shrunk"):
            matrix, intensity = shrink_reference(problem["returns"])
            worst["shrink"] = max(worst["shrink"], abs(intensity - answer["intensity"]),
                                  np.abs(np.array(answer["shrunk"]) - matrix).max() / np.abs(matrix).max())
        steps, rounds = max(steps, answer["steps"]), max(rounds, answer["rounds"])
    print(json.dumps(dict(problems=len(problems), worst=worst, most_steps=steps, most_rounds=rounds), indent=1))
    limits = dict(variance=1e-6, sum=1e-8, bounds=1e-12, parity=1e-6, barrier=1e-6, shrink=1e-6)
    failed = [name for name, limit in limits.items() if worst[name] > limit]
    if failed:
        sys.exit(f"beyond the limit: {failed}")


if __name__ == "__main__":
    main()
