"""A browser that notes everything that should not happen."""

import pathlib
import time
from urllib.parse import urlparse

CHECKS = (pathlib.Path(__file__).parent / "checks.js").read_text()
LOADED = 30_000
WATCHING = """
window.noted = { violations: [], shift: 0 };
document.addEventListener('securitypolicyviolation', (event) =>
    window.noted.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.noted.shift += entry.value;
})).observe({ type: 'layout-shift', buffered: true });
"""


class Complaint(Exception):
    """Something is not as it should be."""


class Visitor:
    """One signed-in page; complaints are collected, so that one walk tells all of them."""

    def __init__(self, browser, url, login, **options):
        self.url = url.rstrip("/")
        self.login = login
        self.complaints = []
        self.bytes = {}
        self.place = "login"
        self.expected = []
        self.context = browser.new_context(**options)
        self.context.add_init_script(WATCHING)
        self.page = self.context.new_page()
        self._listen()

    def _listen(self):
        host = urlparse(self.url).netloc
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complain(f"error in the page: {error}"))
        self.page.on("response", self._count)
        self.page.on("request", lambda request: self._leaves(request.url, host))
        self.page.on("websocket", lambda socket: self._leaves(socket.url, host))

    def _console(self, message):
        if message.type not in ("error", "warning"):
            return
        if any(text in message.text for text in self.expected):
            return
        self.complain(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _leaves(self, address, host):
        parts = urlparse(address)
        if parts.scheme not in ("data", "blob") and parts.netloc != host:
            self.complain(f"a request left the host: {address}")

    def _count(self, response):
        path = urlparse(response.url).path
        if path == "/" or path.startswith("/assets/"):
            try:
                self.bytes[path] = len(response.body())
            except Exception:  # A redirect has no body.
                self.bytes.setdefault(path, 0)

    def complain(self, text):
        """Notes what is not as it should be."""
        line = f"{self.place}: {text}"
        if line not in self.complaints:
            self.complaints.append(line)
            print(f"  ✕ {line}", flush=True)

    def check(self, is_right, text):
        """Complains where something is not right."""
        if not is_right:
            self.complain(text)
        return is_right

    def sign_in(self):
        """Opens the login link, which works once."""
        self.page.goto(self.login)
        self.page.wait_for_selector("main h1", timeout=10_000)

    def go(self, place, heading=None):
        """Goes to a page and waits until it has loaded."""
        self.place = place
        self.page.goto(f"{self.url}/#/{place.removeprefix('#/')}")
        if heading:
            self.page.wait_for_function("text => document.querySelector('main h1')?.textContent === text", arg=heading, timeout=LOADED)
        self.settle()

    def settle(self):
        """Waits until nothing is loading."""
        self.page.wait_for_function("() => document.querySelector('main h1') && !document.querySelector('[aria-busy=true]')", timeout=LOADED)
        self.page.wait_for_timeout(250)

    def inspect(self):
        """Names, contrast, structure, what the content security policy refused, what moved by itself."""
        self.page.wait_for_timeout(200)
        for name in ("names", "contrast", "structure"):
            for complaint in self.page.evaluate(f"{CHECKS}.{name}()"):
                self.complain(complaint)
        for violation in self.page.evaluate("window.noted.violations.splice(0)"):
            self.complain(f"refused by the content security policy: {violation}")
        error = self.page.query_selector("main .problem")
        if error:
            self.complain(f"shows an error: {error.inner_text()!r}")

    def tab_through(self, stops=40):
        """Every control that Tab reaches shows that it is focused."""
        for _ in range(stops):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(f"{CHECKS}.focus()")
            if found and not found["isMain"]:
                self.check(found["hasRing"], f"no focus ring: {found['name']}")

    def wait_for_change(self, selector, seconds=10):
        """Waits until an element's text changes by itself."""
        before = self.page.inner_text(selector)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if self.page.inner_text(selector) != before:
                return True
            self.page.wait_for_timeout(50)
        return False

    def shoot(self, folder, name):
        """Takes a picture of what is in sight."""
        if folder:
            self.page.screenshot(path=str(pathlib.Path(folder) / f"{name}.png"))

    def read(self, path):
        """Reads from the API with the page's session."""
        return self.page.evaluate("path => fetch(`/api${path}`).then((answer) => answer.json())", path)
