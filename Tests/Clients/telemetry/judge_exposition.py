#!/usr/bin/env python3
"""Reads our metrics with the parser of the prometheus_client package and compares every number, label and help text.

    pip install prometheus_client
    python3 Tests/Clients/telemetry/judge_exposition.py
"""
import math
import os
import pathlib
import subprocess
import sys
import tempfile

from prometheus_client.parser import text_string_to_metric_families

ROOT = pathlib.Path(__file__).resolve().parents[3]

# Name, labels and value of every number that MetricTextTests registers.
EXPECTED = [
    ("bellwether_metrics_dropped_total", {}, 0.0),
    ("big_total", {}, 1e18),
    ("http_requests_total", {"route": "/b", "code": "200"}, 3.0),
    ("http_requests_total", {"route": 'a"b\\c\nd é', "code": ""}, 1.0),
    ("infinite", {}, math.inf),
    ("temperature", {}, -1.5e-7),
    ("took_seconds_bucket", {"step": "risk", "le": "0.5"}, 1.0),
    ("took_seconds_bucket", {"step": "risk", "le": "2"}, 2.0),
    ("took_seconds_bucket", {"step": "risk", "le": "+Inf"}, 3.0),
    ("took_seconds_sum", {"step": "risk"}, 5.25),
    ("took_seconds_count", {"step": "risk"}, 3.0),
    ("unknown", {}, math.nan),
]
KINDS = {"bellwether_metrics_dropped": "counter", "big": "counter", "http_requests": "counter", "infinite": "gauge",
         "temperature": "gauge", "took_seconds": "histogram", "unknown": "gauge"}


def exposition():
    with tempfile.TemporaryDirectory() as folder:
        flags = os.environ.get("SWIFT_TEST_FLAGS", "").split()
        subprocess.run(["swift", "test", *flags, "--filter", "MetricTexts"], cwd=ROOT, check=True,
                       env={**os.environ, "BELLWETHER_JUDGE": folder}, stdout=subprocess.DEVNULL)
        return pathlib.Path(folder, "metrics.txt").read_text()


def spelled(samples):
    """Comparable as text, since NaN equals nothing."""
    return [(name, sorted(labels.items()), repr(float(value))) for name, labels, value in samples]


def main():
    families = list(text_string_to_metric_families(exposition()))
    found = spelled((sample.name, sample.labels, sample.value) for family in families for sample in family.samples)
    wrong = [line for line in found if line not in spelled(EXPECTED)]
    missing = [line for line in spelled(EXPECTED) if line not in found]
    kinds = {family.name: family.type for family in families}
    helped = {family.name: family.documentation for family in families}["http_requests"]
    print(f"{len(found)} numbers of {len(families)} metrics; {len(wrong)} unexpected, {len(missing)} missing")
    for line in wrong + missing:
        print(line)
    if kinds != KINDS or helped != "Requests\nby \\route.":
        print("kinds or help differ:", kinds, repr(helped))
        return 1
    return 1 if wrong or missing or len(found) != len(EXPECTED) else 0


if __name__ == "__main__":
    sys.exit(main())
