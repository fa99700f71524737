"""What people do on the dashboard, from the first click to the effect."""

import re
import time

SECOND = 1_000
HALT_LIMIT = 1.0
SHIFT_LIMIT = 0.02
DOCUMENT = """name: walk-{stamp}
description: Made by the walk through the dashboard
steps:
  - name: look
    type: classify
    params: {{categories: [urgent, normal]}}
  - name: tell
    type: notify
    depends_on: [look]
    params: {{message: hello}}
"""
BAD_DOCUMENT = "description: no name\nsteps:\n  - name: look\n    type: clasify\n"


def live(visitor):
    """Figures move by themselves, and nothing else does."""
    visitor.go("overview", "Overview")
    visitor.page.wait_for_timeout(1500)
    visitor.page.evaluate("window.noted.shift = 0")
    visitor.check(visitor.wait_for_change(".market-time"), "the market's time did not go on within 10 s")
    if visitor.read("/portfolio")["positions"]:
        visitor.check(visitor.wait_for_change(".figures", 20), "the figures did not move within 20 s, with positions held")
    visitor.page.wait_for_timeout(3 * SECOND)
    _check_shift(visitor)
    visitor.go("markets", "Markets")
    visitor.page.wait_for_timeout(1500)
    visitor.page.evaluate("window.noted.shift = 0")
    visitor.check(visitor.wait_for_change(".watch-list tbody"), "no quote changed within 10 s")
    visitor.page.wait_for_timeout(3 * SECOND)
    _check_shift(visitor)
    visitor.go("system/log", "Log")
    visitor.check(visitor.wait_for_change(".log-list", 30), "no log line arrived within 30 s")


def _check_shift(visitor):
    shift = visitor.page.evaluate("window.noted.shift")
    visitor.check(shift <= SHIFT_LIMIT, f"the layout shifted by {shift:.3f} while data streamed")


def keyboard(visitor):
    """Keys go to pages, open the help and the search."""
    visitor.go("overview", "Overview")
    page = visitor.page
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_function("() => location.hash.startsWith('#/markets')", timeout=3 * SECOND)
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] .keys", timeout=3 * SECOND)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    visitor.check(page.evaluate("document.activeElement.type") == "search", "/ does not focus the search")
    page.keyboard.type("risk lim")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash === '#/settings'", timeout=3 * SECOND)


def halt(visitor):
    """`h` and Enter halt trading within a second; the record says who asked, and the page says so; a person resumes."""
    visitor.go("overview", "Overview")
    page = visitor.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("h")
    page.wait_for_selector("dialog[open]", timeout=3 * SECOND)
    visitor.shoot(visitor.folder, "dialog-halt")
    took = _halt(visitor)
    visitor.check(took <= HALT_LIMIT, f"halting took {took:.2f} s")
    print(f"  halted in {took:.2f} s, from the key to the answer of the API")
    page.wait_for_function("() => document.body.dataset.trading === 'halted'", timeout=3 * SECOND)
    visitor.check("HALTED" in page.title(), f"the title does not say HALTED: {page.title()}")
    visitor.check(page.is_visible(".notice.danger"), "no notice says that trading is halted")
    _check_record(visitor)
    visitor.inspect()
    visitor.shoot(visitor.folder, "overview-halted")
    _resume(visitor)
    visitor.check(visitor.read("/status")["trading"]["state"] == "active", "trading was not resumed")


def _halt(visitor):
    """Seconds from the key that confirms until the API says that trading is halted."""
    begin = time.monotonic()
    visitor.page.keyboard.press("Enter")
    while visitor.read("/status")["trading"]["state"] != "halted":
        if time.monotonic() - begin > 10:
            break
        visitor.page.wait_for_timeout(20)
    return time.monotonic() - begin


def _check_record(visitor):
    """The audit record has who halted, and its page shows it."""
    records = visitor.read("/audit?kind=control&limit=5")["items"]
    found = [record for record in records if "halt" in record["body"]]
    if visitor.check(found, "no control record holds the halt"):
        visitor.check(found[0]["body"].get("by"), f"the record does not say who halted: {found[0]['body']}")
        print(f"  record #{found[0]['sequence']}: {found[0]['summary']}")
        visitor.go("system/audit?kind=control", "Audit record")
        visitor.check(f"#{found[0]['sequence']}" in visitor.page.inner_text("main"), "the audit page lacks the halt")
        visitor.shoot(visitor.folder, "audit-halted")
        visitor.go("overview", "Overview")
    writes = str(visitor.read("/access-log?limit=50"))
    visitor.check("desk.halt" in writes, "the access log does not have the halt")


def _resume(visitor):
    page = visitor.page
    page.click(".halt.resume")
    page.fill("dialog[open] input[name=reason]", "The walk goes on")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.body.dataset.trading !== 'halted' || document.querySelector('dialog.warn[open]')", timeout=10 * SECOND)
    if page.query_selector("dialog.warn[open]"):
        _confirm(page)
    page.wait_for_function("() => document.body.dataset.trading === 'active'", timeout=10 * SECOND)


def _confirm(page):
    """The second step; servers that keep no reason are asked without one."""
    page.wait_for_selector("dialog.warn[open] button[type=submit]", timeout=10 * SECOND)
    if page.query_selector("dialog.warn[open] input[name=reason]"):
        page.fill("dialog.warn[open] input[name=reason]", "The walk tries it")
    page.click("dialog.warn[open] button[type=submit]")


def workflow(visitor):
    """A wrong document is marked at its line; a right one is created, run in test mode and followed to its end."""
    page = visitor.page
    visitor.expected = ["422", "400"]
    visitor.go("workflows/new", "New workflow")
    page.fill(".editor-area", BAD_DOCUMENT)
    page.click("button:text-is('Create')")
    page.wait_for_selector("main .problem", timeout=5 * SECOND)
    visitor.check(page.query_selector(".editor-wrong") is not None, "no line is marked as wrong")
    visitor.shoot(visitor.folder, "workflow-wrong")
    visitor.expected = []
    page.fill(".editor-area", DOCUMENT.format(stamp=int(time.time())))
    page.click("button:text-is('Create')")
    page.wait_for_function("() => location.hash.startsWith('#/workflows/walk-')", timeout=10 * SECOND)
    visitor.settle()
    page.click("button:text-is('Run in test mode…')")
    page.click("dialog[open] button[type=submit]")
    page.wait_for_function("() => location.hash.startsWith('#/runs/')", timeout=10 * SECOND)
    page.wait_for_function("() => /completed|failed/.test(document.querySelector('.facts .badge')?.textContent ?? '')", timeout=60 * SECOND)
    visitor.place = "a run that was followed"
    visitor.check("completed" in page.inner_text(".facts"), "the run did not complete")
    page.wait_for_selector(".graph-node.up", timeout=10 * SECOND)
    visitor.shoot(visitor.folder, "run-followed")


def dead_letters(visitor):
    """A dead letter says why it died and is sent back."""
    visitor.go("queues", "Queues")
    page = visitor.page
    link = page.query_selector("a[href$='/dead']")
    if not visitor.check(link, "no queue has dead letters; prepare.sh makes some before the desk runs"):
        return
    name = link.get_attribute("href")
    link.click()
    visitor.place = name
    page.wait_for_selector(".letter", timeout=10 * SECOND)
    visitor.inspect()
    visitor.shoot(visitor.folder, "dead-letters")
    count = len(page.query_selector_all(".letter"))
    before = _redriven(visitor)
    page.click(".letter button")
    page.click("dialog[open] button[type=submit]")
    page.wait_for_function("count => document.querySelectorAll('.letter').length < count", arg=count, timeout=10 * SECOND)
    visitor.check(_redriven(visitor) == before + 1, "no queue counts the letter that was sent back")


def _redriven(visitor):
    return sum(queue["totals"]["redriven"] for queue in visitor.read("/queues")["items"])


def backtest(visitor):
    """A backtest on the simulated market is run, followed to its end, and its report is seen."""
    visitor.go("backtests/new", "New backtest")
    page = visitor.page
    page.check("input[name=market][value=simulated]", force=True)
    page.fill("input[name=from]", "2020-01-02")
    page.fill("input[name=to]", "2021-12-31")
    page.select_option("select[name=strategy]", "cross")
    page.click("button:text-is('Run the backtest')")
    page.wait_for_function("() => /^#\\/backtests\\/(?!new)/.test(location.hash)", timeout=20 * SECOND)
    identity = page.evaluate("location.hash.split('/').pop()")
    visitor.place = f"backtests/{identity}"
    ends = time.monotonic() + 120
    while time.monotonic() < ends and visitor.read(f"/backtests/{identity}")["state"] == "running":
        page.wait_for_timeout(200)
    visitor.check(visitor.read(f"/backtests/{identity}")["state"] == "done", "the backtest was not done within 2 minutes")
    page.wait_for_selector("main .line-chart", timeout=10 * SECOND)
    text = page.inner_text("main")
    for wanted in ("Sharpe", "Trades", "SIMULATED"):
        visitor.check(wanted.lower() in text.lower(), f"the report does not show '{wanted}'")
    visitor.inspect()
    visitor.shoot(visitor.folder, "backtest-report")


def order(visitor):
    """An order is reviewed before it is placed, and found afterwards."""
    symbol = visitor.read("/quotes?limit=1")["items"][0]["symbol"]
    visitor.go(f"orders?new=1&symbol={symbol}", "Orders and positions")
    page = visitor.page
    page.fill("input[name=amount]", "1")
    page.fill("input[name=reason]", "The walk places one")
    page.click("button:text-is('Review order')")
    page.wait_for_selector("button:text-matches('Place the order: buy')", timeout=10 * SECOND)
    visitor.inspect()
    visitor.shoot(visitor.folder, "order-review")
    page.click("button:text-matches('Place the order: buy')")
    page.wait_for_selector(".toast", timeout=10 * SECOND)
    visitor.check(re.search(r"approved|refused|pending", page.inner_text(".toast")), "nothing says what became of the order")
    records = str(visitor.read("/audit?kind=control&limit=5"))
    visitor.check("The walk places one" in records, "the order is not in the audit record")


def limits(visitor):
    """Tightening a limit holds from the desk's next event on; loosening it takes two steps. The page shows what holds."""
    name = "max_orders_per_minute"
    visitor.go("settings", "Settings")
    before = _limit(visitor, name)
    _change(visitor, name, before - 1)
    page = visitor.page
    page.wait_for_function("() => !document.querySelector('dialog[open]')", timeout=10 * SECOND)
    visitor.check(_holds(visitor, name, before - 1), "the tightened limit does not hold")
    _change(visitor, name, before)
    page.wait_for_selector("dialog.warn[open]", timeout=10 * SECOND)
    visitor.inspect()
    visitor.shoot(visitor.folder, "limit-confirmation")
    visitor.check(_limit(visitor, name) == before - 1, "a loosened limit held before it was confirmed")
    _confirm(page)
    page.wait_for_selector(".toast.up", timeout=10 * SECOND)
    visitor.check(_holds(visitor, name, before), "the confirmed limit does not hold")


def _limit(visitor, name):
    return next(limit["value"] for limit in visitor.read("/risk")["limits"] if limit["name"] == name)


def _holds(visitor, name, value, seconds=5):
    """Whether a limit has its new value within some seconds, for the API and on the page."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        shown = visitor.page.inner_text(".limits") if visitor.page.query_selector(".limits") else ""
        if _limit(visitor, name) == value and str(value) in shown.split():
            return True
        visitor.page.wait_for_timeout(50)
    return False


def _change(visitor, name, value):
    page = visitor.page
    page.click("button:text-is('Change limits')")
    page.fill(f"input[name={name}]", str(value))
    page.click("button:text-is('Review changes')")
    page.fill("dialog[open] input[name=reason]", "The walk tries it")
    page.click("dialog[open] button[type=submit]")


def memory(visitor, places, rounds=4):
    """Going round the pages leaves nothing behind."""
    client = visitor.context.new_cdp_session(visitor.page)
    client.send("Performance.enable")
    counts = []
    for _ in range(rounds):
        for place, heading in places:
            visitor.go(place, heading)
        visitor.go("settings/appearance", "Settings")
        client.send("HeapProfiler.collectGarbage")
        found = {entry["name"]: entry["value"] for entry in client.send("Performance.getMetrics")["metrics"]}
        counts.append((int(found["Nodes"]), int(found["JSEventListeners"]), found["JSHeapUsedSize"] / 1e6))
        print(f"  nodes {counts[-1][0]}, listeners {counts[-1][1]}, heap {counts[-1][2]:.1f} MB")
    visitor.place = "memory"
    for place, name in enumerate(("nodes", "listeners", "heap")):
        first, last = counts[1][place], counts[-1][place]
        visitor.check(last <= first * 1.2 + 5, f"{name} grew from {first} to {last} over {rounds - 2} rounds")


FLOWS = [live, keyboard, order, limits, workflow, dead_letters, backtest, halt]
