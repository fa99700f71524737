#!/usr/bin/env python3
"""Compares cron expressions with the croniter package: 2,000 random expressions, zones and starts, five firings each.

    pip install croniter tzdata
    python3 Tests/Clients/cron/compare_croniter.py

Four starts in ten lie within two days of a change of clock. Firings that differ must belong to one of the classes
below, each of which is derived from the zone's clock alone and not from our answer; anything else fails.

  again      croniter fires a time that is shown twice both times, also for an expression without `*` in minute or hour.
             cron(8): "jobs that fall into the repeated time will not be re-run" unless they are "specified with
             wildcards". We fire the first.
  moved      croniter moves a time that the clock skips to the end of the gap unless the whole hour field is `*`. cron(8)
             makes up only for jobs without `*` in minute or hour: `*/5 2 * * *` names what the clock shows, and it
             shows no 02:05 that day. We do not fire.
  dropped    croniter, looking for the second showing of a time, starts one change before the first and gives up where
             that lands before the repeated span: of `*/28 1 * * *` on Lord Howe, set back from 02:00 to 01:30, it
             misses the second 01:56. Vixie cron runs wildcards by the clock, and so do we.
  every      croniter takes `*/1` in a day field for a restriction, so that a restricted weekday beside it is ignored;
             in cron(8), and for us, a field that begins with `*` and leaves nothing out restricts nothing.
"""
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.metadata import version
from zoneinfo import ZoneInfo

import croniter

ROOT = pathlib.Path(__file__).resolve().parents[3]
UTC = datetime.timezone.utc
SEED = int(os.environ.get("CRON_SEED", "20260102"))
CASES = int(os.environ.get("CRON_CASES", "2000"))
NEAR = float(os.environ.get("CRON_NEAR", "0.4"))
FIRINGS = 5
ZONES = ["America/New_York", "America/Chicago", "Europe/London", "Europe/Berlin", "Europe/Dublin", "Australia/Sydney",
         "Australia/Lord_Howe", "America/Sao_Paulo", "America/St_Johns", "Africa/Casablanca", "America/Santiago",
         "America/Havana", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "UTC", "Pacific/Auckland", "Asia/Beirut"]
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
DAYS = "SUN MON TUE WED THU FRI SAT".split()
SHORTHANDS = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"]
MINUTE = datetime.timedelta(minutes=1)


def text(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(written):
    return datetime.datetime.fromisoformat(written.replace("Z", "+00:00"))


class Chance(random.Random):
    """Random cron expressions, zones and starts."""

    def item(self, low, high, names=None):
        def spell(number):
            return names[number - low].title() if names and self.random() < 0.3 else str(number)

        kind = self.random()
        first, last = sorted(self.sample(range(low, high + 1), 2))
        if kind < 0.6:
            return spell(self.randint(low, high))
        if kind < 0.85:
            return f"{spell(first)}-{spell(last)}"
        return f"{first}-{last}/{self.randint(1, max(1, (high - low) // 3))}"

    def field(self, low, high, star, step, names=None):
        kind = self.random()
        if kind < star:
            return "*"
        if kind < star + step:
            return f"*/{self.randint(1, max(2, (high - low) // 2))}"
        return ",".join(self.item(low, high, names) for _ in range(self.choice([1, 1, 1, 2, 3])))

    def cron(self):
        if self.random() < 0.03:
            return self.choice(SHORTHANDS)
        day = "L" if self.random() < 0.05 else self.field(1, 31, 0.6, 0.1)
        hour = self.choice(["0", "1", "2", "3", "1-3", "0,2"]) if self.random() < 0.3 else self.field(0, 23, 0.25, 0.15)
        return " ".join([self.field(0, 59, 0.1, 0.2), hour, day, self.field(1, 12, 0.7, 0.1, MONTHS),
                         self.field(0, 6, 0.55, 0.05, DAYS)])

    def start(self, zone):
        at = datetime.datetime(2012, 1, 1, tzinfo=UTC) + MINUTE * self.randint(0, 13 * 365 * 1440)
        if self.random() < NEAR:
            found = changes(zone, at, at + datetime.timedelta(days=400))
            if found:
                at = self.choice(found) - MINUTE * self.randint(-120, 2 * 1440)
        return at + datetime.timedelta(seconds=self.choice([0, 0, 1, 30, 59]))


def offset(zone, at):
    return at.astimezone(ZoneInfo(zone)).utcoffset()


def changes(zone, first, last):
    """The moments from one up to another at which a zone's clock changes."""
    found, step = [], datetime.timedelta(hours=12)
    while first < last:
        low, high = first, min(first + step, last)
        first = high
        if offset(zone, low) == offset(zone, high):
            continue
        while high - low > MINUTE:
            middle = low + (high - low) // 2
            low, high = (middle, high) if offset(zone, middle) == offset(zone, low) else (low, middle)
        found.append(high.replace(second=0, microsecond=0))
    return found


def theirs(case, cron):
    zone, start = ZoneInfo(case["zone"]), moment(case["start"])
    schedule = croniter.croniter(cron, start.astimezone(zone))
    found = []
    try:
        while len(found) < FIRINGS:
            found.append(text(schedule.get_next(datetime.datetime)))
    except croniter.CroniterBadDateError:
        pass  # It can never fire (again); ours must have found no more either.
    return found


def ours(cases):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "questions.json").write_text(json.dumps(cases))
        subprocess.run(["swift", "test", *os.environ.get("SWIFT_TEST_FLAGS", "").split(), "--filter", "CronJudgeTests"],
                       cwd=ROOT, check=True, env={**os.environ, "BELLWETHER_JUDGE": folder}, stdout=subprocess.DEVNULL)
        return json.loads(pathlib.Path(folder, "answers.json").read_text())


def reason(case, extra, theirs_is_earlier):
    """The class of a firing that only one side has; None where nothing explains it."""
    cron = case["cron"]
    fields = (cron if cron[0] != "@" else "0 * * * *" if cron == "@hourly" else "0 0 1 1 0").split()
    wild, at = "*" in fields[0] or "*" in fields[1], moment(extra)
    zone = ZoneInfo(case["zone"])
    if not theirs_is_earlier and wild and at.astimezone(zone).fold == 1:
        return "dropped"
    if theirs_is_earlier and not wild and at.astimezone(zone).fold == 1:
        return "again"
    ends_gap = offset(case["zone"], at) > offset(case["zone"], at - MINUTE)
    if theirs_is_earlier and wild and ends_gap and fields[1] != "*":
        return "moved"
    return None


def differences(case, mine, reference):
    """The classes of all firings that only one side has, within what both sides cover."""
    found, mine, reference = [], list(mine), list(reference)
    while mine and reference:
        if mine[0] == reference[0]:
            mine.pop(0), reference.pop(0)
        elif reference[0] < mine[0]:
            found.append(reason(case, reference.pop(0), True))
        else:
            found.append(reason(case, mine.pop(0), False))
    return found


def main():
    chance, cases = Chance(SEED), []
    while len(cases) < CASES:
        zone = chance.choice(ZONES)
        cases.append(dict(cron=chance.cron(), zone=zone, start=text(chance.start(zone)), count=FIRINGS))
    counts, unexplained, near = Counter(), 0, 0
    for case, mine in zip(cases, ours(cases)):
        reference = theirs(case, case["cron"])
        plain = theirs(case, re.sub(r"\*/1(?= |$)", "*", case["cron"]))
        if plain != reference:
            counts["every"] += 1
            reference = plain
        near += bool(changes(case["zone"], moment(case["start"]), moment(mine[-1]))) if mine else 0
        found = differences(case, mine, reference)
        counts.update(set(found))
        if None in found or len(mine) != len(reference):
            unexplained += 1
            print(f"{case['cron']} in {case['zone']} after {case['start']}\n  ours   {mine}\n  theirs {reference}")
    counts.pop(None, None)
    print(f"croniter {version('croniter')}, seed {SEED}: {CASES} cases, {near} of them cross a change of clock; "
          f"differing for a known reason: {dict(sorted(counts.items()))}; unexplained: {unexplained}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
