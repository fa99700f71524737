"""The dashboard's pages and how each is found."""

# Address, and the heading that says that it is there.
PLACES = [
    ("overview", "Overview"),
    ("markets", "Markets"),
    ("orders", "Orders and positions"),
    ("orders?view=done", "Orders and positions"),
    ("orders?view=fills", "Orders and positions"),
    ("orders?new=1", "Orders and positions"),
    ("decisions", "Decisions"),
    ("decisions?view=signals", "Decisions"),
    ("workflows", "Workflows"),
    ("workflows/new", "New workflow"),
    ("runs", "Runs"),
    ("triggers", "Triggers"),
    ("queues", "Queues"),
    ("backtests", "Backtests"),
    ("backtests/new", "New backtest"),
    ("system", "System"),
    ("system/log", "Log"),
    ("system/events", "Events"),
    ("system/statistics", "Statistics"),
    ("system/audit", "Audit record"),
    ("system/keys", "API keys"),
    ("system/access", "Access log"),
    ("settings", "Settings"),
    ("settings/confirmations", "Settings"),
    ("settings/appearance", "Settings"),
]

# Pages behind the first link of a list: the list's address and what the link's address begins with.
DETAILS = [
    ("markets", "#/markets/"),
    ("orders?view=done", "#/orders/"),
    ("decisions", "#/decisions/"),
    ("workflows", "#/workflows/"),
    ("runs", "#/runs/"),
    ("queues", "#/queues/"),
    ("backtests", "#/backtests/"),
]


def file_name(place: str) -> str:
    """A place's address as a file name."""
    return place.replace("#/", "").replace("/", "-").replace("?", "-").replace("=", "-") or "root"
