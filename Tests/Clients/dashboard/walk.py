"""Walks through every page of the dashboard in a real browser and complains about what is wrong.

    python3 walk.py http://127.0.0.1:8000 "$(bellwether login)" --shots /tmp/shots

Needs the PyPI package playwright and a Chromium; leaves with 1 where there was a complaint.
"""

import argparse
import pathlib
import sys

from flows import FLOWS, memory
from places import DETAILS, PLACES, file_name
from playwright.sync_api import Error, sync_playwright
from visitor import Visitor

FIRST_PAINT = 1000
MOST_BYTES = 500_000
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
LOOKS = {
    "desktop-dark": {**DESKTOP, "color_scheme": "dark"},
    "desktop-light": {**DESKTOP, "color_scheme": "light"},
    "phone-dark": {**PHONE, "color_scheme": "dark"},
    "phone-light": {**PHONE, "color_scheme": "light"},
}


def main():
    options = read_arguments()
    if options.shots:
        pathlib.Path(options.shots).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        complaints = walk(browser, options)
        browser.close()
    print(f"{len(complaints)} complaints" if complaints else "no complaint")
    sys.exit(1 if complaints else 0)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", help="where the dashboard is")
    parser.add_argument("login", help="a login link")
    parser.add_argument("--shots", help="a folder for pictures")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the browser's program")
    parser.add_argument("--only", nargs="*", help="only flows of these names, no pages")
    return parser.parse_args()


def walk(browser, options):
    """Signs in once; other looks take over the session, since a login link works once."""
    first = Visitor(browser, options.url, options.login, **LOOKS["desktop-dark"])
    first.folder = options.shots
    first.sign_in()
    if not options.only:
        check_weight(first)
    # What people do comes first, so that the pages have something to show.
    run_flows(first, options.only)
    complaints = []
    if not options.only:
        session = first.context.storage_state()
        for look, settings in LOOKS.items():
            complaints += look_around(browser, options, look, settings, session)
    return first.complaints + complaints


def check_weight(visitor):
    """The first paint is soon, and all that is loaded is small."""
    page = visitor.page
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    visitor.check(paint is not None and paint < FIRST_PAINT, f"the first paint came after {paint} ms")
    for place, heading in PLACES:
        visitor.go(place, heading)
    total = sum(visitor.bytes.values())
    visitor.check(total < MOST_BYTES, f"{total} bytes were loaded")
    print(f"first paint {paint:.0f} ms, {len(visitor.bytes)} files, {total / 1000:.0f} kB")


def look_around(browser, options, look, settings, session):
    """Every page in one size and theme."""
    print(look)
    visitor = Visitor(browser, options.url, options.login, storage_state=session, **settings)
    for place, heading in PLACES:
        look_at(visitor, options, look, place, heading)
    for place, start in DETAILS:
        look_behind(visitor, options, look, place, start)
    visitor.context.close()
    return [f"{look}: {line}" for line in visitor.complaints]


def look_at(visitor, options, look, place, heading):
    try:
        visitor.go(place, heading)
        visitor.inspect()
        visitor.shoot(options.shots, f"{look}-{file_name(place)}")
        if look.startswith("desktop"):
            visitor.tab_through()
    except Error as error:
        visitor.complain(str(error).splitlines()[0])


def look_behind(visitor, options, look, place, start):
    """The page behind the first link of a list."""
    try:
        visitor.go(place)
        link = visitor.page.query_selector(f"main td a[href^='{start}']:not([href$='/dead'])")
        if not link:
            print(f"  – skipped: {place} lists nothing")
            return
        target = link.get_attribute("href")
        look_at(visitor, options, f"{look}-detail", target, None)
    except Error as error:
        visitor.complain(str(error).splitlines()[0])


def run_flows(visitor, only):
    for flow in FLOWS:
        if only and flow.__name__ not in only:
            continue
        print(f"{flow.__name__}: {flow.__doc__}")
        try:
            flow(visitor)
        except Error as error:
            visitor.complain(f"{flow.__name__}: {str(error).splitlines()[0]}")
            visitor.shoot(visitor.folder, f"failed-{flow.__name__}")
            visitor.page.keyboard.press("Escape")
    if not only or "memory" in only:
        print(f"memory: {memory.__doc__}")
        memory(visitor, PLACES)


main()
