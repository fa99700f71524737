#!/usr/bin/env python3
"""A thousand connections that waste the server's time, while an ordinary client is timed: slow.py URL KEY [--count N]

A quarter each: heads that trickle, bodies that trickle, WebSockets that subscribe and never read, and connections that say
nothing. KEY is a viewer's. Ends with 1 where the ordinary client was refused, or its 99th percentile was over --limit, or on a
busy machine over four times what it is without them.
"""
import argparse
import http.client
import random
import resource
import selectors
import socket
import statistics
import sys
import threading
import time
import urllib.parse

import frames

STREAMS = b'{"op":"subscribe","topics":["quotes","signals","verdicts","orders","fills","positions","risk","workflows"]}'


def measure(parts, key, seconds):
    """Milliseconds that reads of an ordinary client took, and how many failed."""
    times, failures = [], 0
    end = time.monotonic() + seconds
    link = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    headers = {"Authorization": f"Bearer {key}"}
    targets = ["/api/status", "/api/portfolio", "/health/live", "/api/quotes"]
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            link.request("GET", targets[len(times) % len(targets)], headers=headers)
            answer = link.getresponse()
            answer.read()
            failures += answer.status != 200
        except OSError:
            failures += 1
            link.close()
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.005)
    return times, failures


def tell(word, times, failures):
    ordered = sorted(times)
    p99 = ordered[int(len(ordered) * 0.99)]
    print(f"{word}: {len(times)} reads, {failures} failed, median {statistics.median(ordered):.1f} ms, "
          f"p99 {p99:.1f} ms, most {ordered[-1]:.1f} ms")
    return p99


class Slow:
    """One connection, and what it still has to say, a byte at a time."""

    def __init__(self, kind, address, key):
        self.kind, self.left, self.ended = kind, b"", None
        self.began = time.monotonic()
        self.link = socket.create_connection(address, timeout=5)
        top = f"Host: localhost\r\nAuthorization: Bearer {key}\r\n"
        if kind == "head":
            self.left = f"GET /api/status HTTP/1.1\r\n{top}X-Slow: {'a' * 500}\r\n\r\n".encode()
        elif kind == "body":
            lines = "Content-Type: application/json\r\nIdempotency-Key: slow-slow-slow\r\nContent-Length: 500\r\n"
            self.link.sendall(f"POST /api/workflows/check HTTP/1.1\r\n{top}{lines}\r\n".encode())
            self.left = b'{"document":"' + b"a" * 485 + b'"}'
        elif kind == "socket":
            self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            lines = "\r\n".join(frames.LINES)
            self.link.sendall(f"GET /ws HTTP/1.1\r\n{top}{lines}\r\n\r\n".encode())
            self.link.recv(2048)
            self.link.sendall(frames.frame(random.Random(1), STREAMS))
        self.link.setblocking(False)

    def trickle(self):
        if self.ended is not None or not self.left:
            return
        try:
            self.link.send(self.left[:1])
            self.left = self.left[1:]
        except BlockingIOError:
            pass
        except OSError:
            self.end()

    def listen(self):
        """Reads, where the kind reads at all."""
        try:
            if not self.link.recv(4096):
                self.end()
        except BlockingIOError:
            pass
        except OSError:
            self.end()

    def end(self):
        self.ended = self.ended or time.monotonic() - self.began


def hold(slow, seconds):
    """Trickles on all of them once a second."""
    watch = selectors.DefaultSelector()
    for one in slow:
        if one.kind != "socket":
            watch.register(one.link, selectors.EVENT_READ, one)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        turn = time.monotonic() + 1
        for one in slow:
            one.trickle()
        while time.monotonic() < turn:
            for key, _ in watch.select(timeout=max(0, turn - time.monotonic())):
                key.data.listen()
                if key.data.ended is not None:
                    watch.unregister(key.fileobj)


def open_sockets(parts, key):
    """How many WebSockets the server holds; a peer that reads nothing does not see that it was sent away."""
    link = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    link.request("GET", "/metrics", headers={"Authorization": f"Bearer {key}"})
    lines = link.getresponse().read().decode().splitlines()
    return int(float(next(line.split()[1] for line in lines if line.startswith("bellwether_websocket_connections "))))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("key")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=40)
    parser.add_argument("--limit", type=float, default=100, help="milliseconds")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    parts = urllib.parse.urlsplit(options.url)
    alone = tell("alone", *measure(parts, options.key, 10))
    kinds = ["head", "body", "socket", "silent"]
    slow = [Slow(kinds[n % 4], (parts.hostname, parts.port), options.key) for n in range(options.count)]
    holder = threading.Thread(target=hold, args=(slow, options.seconds))
    holder.start()
    times, failures = measure(parts, options.key, options.seconds)
    holder.join()
    p99 = tell(f"beside {options.count} slow connections", times, failures)
    print(f"  socket: {open_sockets(parts, options.key)} of {sum(one.kind == 'socket' for one in slow)} still open; "
          "those that do not answer a ping end after 60 s")
    for kind in ["head", "body", "silent"]:
        ends = [one.ended for one in slow if one.kind == kind and one.ended is not None]
        all_of = sum(one.kind == kind for one in slow)
        print(f"  {kind}: {len(ends)} of {all_of} sent away" + (f", after {min(ends):.0f} to {max(ends):.0f} s" if ends else ""))
    for one in slow:
        one.link.close()
    time.sleep(1)
    tell("after", *measure(parts, options.key, 3))
    good = failures == 0 and p99 <= max(options.limit, 4 * alone)
    print("held" if good else "NOT held")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
