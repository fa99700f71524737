#!/usr/bin/env python3
"""Throws broken HTTP and WebSocket bytes at a running desk: bytes.py URL KEY [--cases N] [--seed N] [--pid P] [--home H]

KEY is a viewer's. Each case comes of the seed and its number alone: --only NUMBER does one again and shows it. Give the
server a high rate limit. Ends with 1 where a case was answered wrongly or the server is not as healthy as before.
"""
import argparse
import collections
import json
import multiprocessing
import os
import pathlib
import random
import socket
import sys
import time
import urllib.parse

import frames
import heads

KNOWN = {200, 204, 303, 304, 400, 401, 403, 404, 405, 408, 409, 411, 412, 413, 414, 415, 417, 421, 422, 426, 429, 431, 501, 503, 505}


def make(seed, number):
    source = random.Random(f"{seed}/{number}")
    return (heads if source.random() < 0.6 else frames).case(source)


def exchange(address, case, patience):
    """What comes back, and whether the server closed. A case that is due no answer is waited for a moment."""
    got = b""
    with socket.create_connection(address, timeout=5) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in case.pieces:
                link.sendall(piece)
        except OSError:
            pass
        try:
            while len(got) < 4_000_000:
                due = wanted(case, got)
                if due == 0:
                    return got, False
                link.settimeout(due or patience)
                part = link.recv(65536)
                if not part:
                    return got, True
                got += part
        except TimeoutError:
            return got, False
        except OSError:
            return got, True
    return got, True


def wanted(case, got):
    """How many seconds more are worth waiting for; None where nobody knows."""
    if not case.answers and not case.refused:
        return None
    try:
        statuses, _ = answers(got, whole=True)
    except ValueError:
        return 5
    if case.answers:
        return 5 if len(statuses) < case.answers else 0
    return 5 if not statuses or statuses == [101] else 0.03


def answers(data, whole=False):
    """The statuses in some bytes, and the bytes behind the last answer that opened a WebSocket."""
    statuses = []
    while data:
        top, mark, rest = data.partition(b"\r\n\r\n")
        lines = top.split(b"\r\n")
        words = lines[0].split(b" ", 2)
        if whole and not mark:
            return statuses, b""
        if not mark or words[0] != b"HTTP/1.1" or len(words) < 3 or not words[1].isdigit():
            raise ValueError(f"no answer: {data[:80]!r}")
        status, fields = int(words[1]), {}
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            if not colon or b"\n" in line or b"\r" in line:
                raise ValueError(f"no header: {line!r}")
            fields.setdefault(name.lower(), value.strip())
        size = int(fields.get(b"content-length", b"0"))
        if whole and status not in (101, 204, 304) and len(rest) < size:
            return statuses, b""
        statuses.append(status)
        if status == 101:
            return statuses, rest
        if status < 200:
            data = rest
            continue
        if b"x-evil" in fields or b"a=b" in fields.get(b"set-cookie", b""):
            raise ValueError("a header of the request came into the answer")
        # An answer to HEAD has a length and no body; so may be what follows.
        data = b"" if status in (204, 304) or rest.startswith(b"HTTP/1.1 ") else rest[size:]
        if rest.startswith(b"HTTP/1.1 "):
            data = rest
    return statuses, b""


def close_code(data):
    """The code of the close frame that a server sent; None where there is none."""
    while len(data) >= 2:
        if data[0] & 0x70 or data[1] & 0x80:
            raise ValueError(f"a frame that no server sends: {data[:20]!r}")
        size, at = data[1] & 0x7F, 2
        if size == 126:
            size, at = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, at = int.from_bytes(data[2:10], "big"), 10
        if data[0] & 15 == 8:
            return int.from_bytes(data[at : at + 2], "big") if size >= 2 else 0
        data = data[at + size :]
    return None


def judge(case, got, closed):
    """What was wrong with an answer; None for nothing. And a word for the counts."""
    try:
        statuses, rest = answers(got)
        code = close_code(rest) if 101 in statuses else None
    except ValueError as error:
        return str(error), "unreadable"
    word = " ".join(map(str, statuses)) + (f" close {code}" if code is not None else "")
    unknown = [status for status in statuses if status != 101 and status != 100 and status not in KNOWN]
    if unknown:
        return f"answered {unknown}", word
    if case.answers and statuses != [200] * case.answers:
        return f"{case.answers} answers were due, {statuses} came", word
    if case.refused and 101 in statuses:
        if not closed or code == 1000 or code in (1011, 1005, 1006):
            return f"a broken frame: closed {closed} with {code}", word
    elif case.refused:
        if len(statuses) != 1 or statuses[0] < 400:
            return f"one refusal was due, {statuses} came", word
    return None, word or "nothing"


def work(job):
    address, key, seed, numbers, patience = job
    heads.KEY[0] = key
    counts, faults = collections.Counter(), []
    for number in numbers:
        case = make(seed, number)
        try:
            fault, word = judge(case, *exchange(address, case, patience))
        except OSError as error:
            fault, word = f"no connection: {error}", "no connection"
        counts[case.kind, word] += 1
        if fault:
            faults.append((number, case.kind, fault))
    return counts, faults


def ask(address, key):
    began = time.monotonic()
    case = heads.Case("", [f"GET /api/status HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n".encode()])
    got, _ = exchange(address, case, 5)
    return got.startswith(b"HTTP/1.1 200"), time.monotonic() - began


def state(pid):
    if not pid:
        return 0, 0
    resident = next(l for l in open(f"/proc/{pid}/status") if l.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024, len(os.listdir(f"/proc/{pid}/fd"))


def errors(home, since):
    """Lines of the log of level error, from a length on."""
    log = pathlib.Path(home, "logs", "bellwether.log")
    with log.open("rb") as file:
        file.seek(since if log.stat().st_size >= since else 0)
        lines = [line for line in file if b'"level":"error"' in line]
    return [json.loads(line) for line in lines]


def health(options, address, before, mark):
    faults = []
    # Connections that were left half open are swept away within a body's time.
    for _ in range(40):
        memory, files = state(options.pid)
        if files <= before[1] + 4:
            break
        time.sleep(1)
    ok, seconds = ask(address, options.key)
    print(f"after: status answers {ok} in {seconds * 1000:.1f} ms; {memory:.0f} MiB (before {before[0]:.0f}), "
          f"{files} descriptors (before {before[1]})")
    if not ok:
        faults.append("the server does not answer")
    if memory > before[0] + 64 or files > before[1] + 4:
        faults.append("memory or descriptors did not come back")
    if options.home:
        lines = errors(options.home, mark)
        print(f"{len(lines)} errors in the log")
        faults += [json.dumps(line) for line in lines[:5]]
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("key")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=32)
    parser.add_argument("--only", type=int)
    parser.add_argument("--pid", type=int)
    parser.add_argument("--home")
    options = parser.parse_args()
    parts = urllib.parse.urlsplit(options.url)
    address = (parts.hostname, parts.port)
    heads.KEY[0] = options.key
    if options.only is not None:
        case = make(options.seed, options.only)
        got, closed = exchange(address, case, 0.2)
        print(case.kind, case.pieces, "->", got, "closed" if closed else "open", judge(case, got, closed))
        return 0
    ask(address, options.key)
    before = state(options.pid)
    mark = pathlib.Path(options.home, "logs", "bellwether.log").stat().st_size if options.home else 0
    began = time.monotonic()
    jobs = [
        (address, options.key, options.seed, range(first, min(first + 250, options.cases)), 0.15)
        for first in range(0, options.cases, 250)
    ]
    counts, faults = collections.Counter(), []
    with multiprocessing.Pool(options.workers) as pool:
        for some, wrong in pool.imap_unordered(work, jobs):
            counts += some
            faults += wrong
    seconds = time.monotonic() - began
    kinds = collections.Counter()
    for (kind, _), count in counts.items():
        kinds[kind] += count
    for kind, count in kinds.most_common():
        words = collections.Counter({word: n for (k, word), n in counts.items() if k == kind})
        print(f"{count:7} {kind}: " + ", ".join(f"{word} ×{n}" for word, n in words.most_common(6)))
    for number, kind, fault in faults[:30]:
        print(f"WRONG case {number} ({kind}): {fault}")
    troubles = health(options, address, before, mark)
    for trouble in troubles:
        print("WRONG:", trouble)
    print(f"{sum(kinds.values())} cases in {seconds:.0f} s, seed {options.seed}: {len(faults)} answered wrongly, {len(troubles)} troubles after")
    return 1 if faults or troubles else 0


if __name__ == "__main__":
    sys.exit(main())
