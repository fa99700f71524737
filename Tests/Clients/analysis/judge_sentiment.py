#!/usr/bin/env python3
"""Compares the finance lexicon with VADER and with always guessing the most frequent label.

Needs vaderSentiment (PyPI) and the labelled headlines under $BELLWETHER_TEST_DATA or ../shared/data beside the
checkout. Even rows were looked at while the lexicon was written and choose each method's threshold; odd rows were
not, and are what is reported. The file is sorted by label and has templates ("EPS beats by") in both halves.
Run from the checkout: python3 Tests/Clients/analysis/judge_sentiment.py
"""
import csv
import gzip
import json
import os
import pathlib
import subprocess
import tempfile

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATA = pathlib.Path(os.environ.get("BELLWETHER_TEST_DATA", ROOT.parent / "shared" / "data"))
SIDE = {"0": -1, "1": 1, "2": 0}


def ours(texts):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "headlines.json").write_text(json.dumps(texts))
        subprocess.run(["swift", "test", "--filter", "SentimentJudgeTests"], cwd=ROOT, check=True,
                       env={**os.environ, "BELLWETHER_JUDGE": folder}, stdout=subprocess.DEVNULL)
        return json.loads(pathlib.Path(folder, "scores.json").read_text())


def measure(labels, scores, threshold):
    sides = [1 if s >= threshold else -1 if s <= -threshold else 0 for s in scores]
    pairs = list(zip(labels, sides))
    f1 = []
    for side in (-1, 0, 1):
        hit = sum(a == b == side for a, b in pairs)
        f1.append(2 * hit / max(1, sum(a == side for a in labels) + sum(b == side for b in sides)))
    given = [(a, b) for a, b in pairs if b != 0]
    sided = [(a, b) for a, b in given if a != 0]
    return dict(accuracy=sum(a == b for a, b in pairs) / len(pairs), macro_f1=sum(f1) / 3,
                directional_precision=sum(a == b for a, b in given) / max(1, len(given)),
                right_side_of_sided=sum(a == b for a, b in sided) / max(1, len(sided)))


def main():
    path = DATA / "news/twitter_financial_news_sentiment_valid.csv.gz"
    rows = list(csv.reader(gzip.open(path, "rt")))[1:]
    texts, labels = [row[0] for row in rows], [SIDE[row[1]] for row in rows]
    vader = SentimentIntensityAnalyzer()
    methods = dict(finance_lexicon=ours(texts), vader=[vader.polarity_scores(t)["compound"] for t in texts])
    report = dict(rows=len(labels[1::2]))
    report["always_neutral"] = measure(labels[1::2], [0] * len(labels[1::2]), 1)
    for name, scores in methods.items():
        best = max((t / 100 for t in range(5, 96, 5)), key=lambda t: measure(labels[::2], scores[::2], t)["macro_f1"])
        report[name] = dict(threshold=best, **measure(labels[1::2], scores[1::2], best))
    report["vader"]["published_threshold_0.05"] = measure(labels[1::2], methods["vader"][1::2], 0.05)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
