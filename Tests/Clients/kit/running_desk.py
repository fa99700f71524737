"""A desk of its own for a check: a home in a temporary folder, a free port, and an end when the check has ended.

    python3 running_desk.py --binary BINARY [--speed 1] -- python3 check.py {url} {login}

Runs a command beside a desk; `{url}`, `{home}`, `{key}` (of an admin), `{trader}` and `{viewer}` (keys too), `{login}`,
`{openapi}` and `{binary}` are filled in, and the command's exit code is passed on.
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request


class RunningDesk:
    """A simulated run that lets everybody ask as often as they like.

    `warm` seconds of it go by at full pace before, so that there is something to look at.
    """

    def __init__(self, binary, speed="1", warm=5, options=(), prepare=None):
        self.binary = str(pathlib.Path(binary).resolve())
        self.speed, self.warm = str(speed), warm
        self.folder = tempfile.TemporaryDirectory(prefix="bellwether-check-")
        config = pathlib.Path(self.folder.name, "config.yaml")
        config.write_text("server:\n  rate_limit: 100000\n")
        self.options = ["--config", str(config), *options]
        self.home = self.folder.name + "/home"
        self.log = open(self.folder.name + "/output", "w+")
        self.process = None
        self.prepare = prepare

    def __enter__(self):
        try:
            if self.prepare:
                subprocess.run(["bash", self.prepare, self.home, self.binary], check=True, env=clean())
            if self.warm:
                self._start("100000")
                time.sleep(self.warm)
                self._stop()
            self._start(self.speed)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._stop()
        self.log.close()
        self.folder.cleanup()

    def _start(self, speed):
        pathlib.Path(self.home, "server.json").unlink(missing_ok=True)
        words = ["run", "--home", self.home, "--speed", speed, "--strategy", "cross", "--port", "0", *self.options]
        self.process = subprocess.Popen(
            [self.binary, *words], stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=clean())
        self.url = self._address()

    def _address(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                url = json.loads(pathlib.Path(self.home, "server.json").read_text())["url"]
                urllib.request.urlopen(url + "/health/live", timeout=5).close()
                return url
            except (OSError, ValueError):
                time.sleep(0.1)
        self.log.seek(0)
        raise SystemExit("the desk does not serve: " + self.log.read()[-2000:])

    def _stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    @property
    def lives(self):
        """Whether the process is still there."""
        return self.process.poll() is None

    def say(self, *words):
        """What the program prints as JSON, one value a line."""
        done = subprocess.run(
            [self.binary, *words, "--home", self.home, "--json"], capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def key(self, role="admin", tier=None):
        """The secret of a new key."""
        words = ["keys", "create", f"check-{time.time_ns()}", "--role", role] + (["--tier", tier] if tier else [])
        return self.say(*words)[0]["secret"]

    def login(self):
        """A link that opens the dashboard once."""
        return self.say("login")[0]["url"]

    def get(self, path, key):
        """The bytes of an answer."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {key}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()


def clean():
    """The environment without settings of the desk."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BELLWETHER_")}


def fill(desk, words):
    """The command with its places filled in; only what it names is made."""
    makers = {
        "url": lambda: desk.url, "home": lambda: desk.home, "key": desk.key, "login": desk.login,
        "binary": lambda: desk.binary, "openapi": lambda: described(desk),
        "trader": lambda: desk.key("trader"), "viewer": lambda: desk.key("viewer"),
    }
    for name, make in makers.items():
        place = "{" + name + "}"
        if any(place in word for word in words):
            value = make()
            words = [word.replace(place, value) for word in words]
    return words


def described(desk):
    """A file with the OpenAPI document."""
    file = pathlib.Path(desk.folder.name, "openapi.json")
    file.write_bytes(desk.get("/openapi.json", desk.key()))
    return str(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--speed", default="1")
    parser.add_argument("--warm", type=float, default=8)
    parser.add_argument("--prepare", help="a script that fills the home before: it gets the home and the binary")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    words = options.command[1:] if options.command[:1] == ["--"] else options.command
    with RunningDesk(options.binary, options.speed, options.warm, prepare=options.prepare) as desk:
        code = subprocess.run(fill(desk, words)).returncode
        if not desk.lives:
            print("the desk came to an end meanwhile")
            code = code or 1
    sys.exit(code)


if __name__ == "__main__":
    main()
