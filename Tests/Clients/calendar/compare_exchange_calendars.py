"""Compares `bellwether calendar` with the PyPI package exchange_calendars, session by session.

    pip install exchange_calendars
    BELLWETHER=.build/debug/bellwether python Tests/Clients/calendar/compare_exchange_calendars.py

Exits 0 where every session, open and close agrees, 1 where one differs.
"""

import csv
import io
import os
import shlex
import subprocess
import sys

import exchange_calendars

FIRST = os.environ.get("CALENDAR_FROM", "2006-01-01")
LAST = os.environ.get("CALENDAR_TO", "2035-12-31")


def ours(name, first, last):
    command = shlex.split(os.environ["BELLWETHER"]) + ["calendar", name, "--from", first, "--to", last]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = list(csv.reader(io.StringIO(text)))
    header, body = rows[0], rows[1:]
    if header[1:] != ["open", "close", "break_start", "break_end"]:
        raise SystemExit(f"unexpected header: {header}")
    return {row[0][:10]: tuple(row[1:]) for row in body}


def theirs(name, first, last):
    calendar = exchange_calendars.get_calendar(name, start=first, end=last)
    pattern = "%Y-%m-%dT%H:%M:%SZ"
    return {
        day.strftime("%Y-%m-%d"): (row["open"].strftime(pattern), row["close"].strftime(pattern), "", "")
        for day, row in calendar.schedule.iterrows()
    }


def compare(name):
    mine, reference = ours(name, FIRST, LAST), theirs(name, FIRST, LAST)
    differing = [day for day in sorted(mine.keys() | reference.keys()) if mine.get(day) != reference.get(day)]
    for day in differing[:20]:
        print(f"{name} {day}: ours {mine.get(day)}, theirs {reference.get(day)}")
    print(f"{name}: {len(reference)} sessions {FIRST}..{LAST}, {len(differing)} differ")
    return bool(reference) and not differing


if __name__ == "__main__":
    if "BELLWETHER" not in os.environ:
        sys.exit("set BELLWETHER to the command to test")
    print(f"exchange_calendars {exchange_calendars.__version__}")
    sys.exit(0 if all([compare("XNYS"), compare("XNAS")]) else 1)
