"""Checks of the tools that look at the desk and trade on it."""

from session import check, close, equal, until


async def status(desk):
    found = await desk.call("desk_status")
    equal(found["mode"], "paper", "mode")
    check(found["run"] and found["audit_head"], "the desk has not run")
    desk.same_as_rest(found, "/api/status", "mode", "run", "simulated", "process")
    health = await desk.call("desk_health")
    check(health["components"], "no component has a health")
    equal(health["version"], found["version"], "version")


async def portfolio(desk):
    found = await desk.call("portfolio")
    value = sum(position["market_value"] for position in found["positions"])
    close(found["equity"], found["cash"] + value, "equity is cash and positions", 1e-4)
    desk.same_as_rest(found, "/api/portfolio", "initial_cash", "currency", "run")
    performance = await desk.call("performance")
    equal(performance["run"], found["run"], "the run of performance")
    for target in performance["targets"]:
        check(target["name"] and isinstance(target["target"], (int, float)), f"a target is empty: {target}")
    risk = await desk.call("risk")
    equal(risk["run"], found["run"], "the run of risk")
    check(any(limit["name"] == "max_daily_loss" for limit in risk["limits"]), "the daily loss has no limit")


async def market(desk):
    symbols = {item["symbol"] for item in (await desk.call("instruments", limit=500))["items"]}
    check(symbols, "nothing is traded")
    for quote in (await desk.call("quotes", limit=500))["items"]:
        check(quote["symbol"] in symbols, f"a quote of an unknown instrument: {quote['symbol']}")
        check(quote["low"] <= quote["last"] <= quote["high"], f"a quote outside its range: {quote}")
    symbol = sorted(symbols)[0]
    found = await desk.call("market_data", symbol=symbol, limit=60, indicators=["sma:5"])
    equal(found["symbol"], symbol, "the symbol of the bars")
    closes = [bar["close"] for bar in found["bars"]]
    if len(closes) >= 5:
        average = found["indicators"]["sma:5"][-1]
        close(next(v for k, v in average.items() if k != "time"), sum(closes[-5:]) / 5, "the average of 5", 1e-9)
    equal((await desk.problem("market_data", symbol="NO-SUCH-THING"))["code"], "not_found", "an unknown symbol")
    for signal in (await desk.call("signals", limit=20))["items"]:
        check(signal["symbol"] in symbols and signal["action"] in ("BUY", "SELL", "HOLD"), f"a signal: {signal}")
    data = await desk.call("data_list", limit=50)
    check(isinstance(data["items"], list), "imported data is no list")


async def records(desk):
    page = await desk.call("audit_records", limit=5)
    numbers = [item["sequence"] for item in page["items"]]
    equal(numbers, sorted(numbers, reverse=True), "records come newest first")
    more = await desk.call("audit_records", limit=5, cursor=page["next"])
    check(more["items"][0]["sequence"] < numbers[-1], "the second page goes on where the first ended")
    verified = await desk.call("audit_verify")
    check(verified["valid"] and verified["records"] >= numbers[0], f"the chain: {verified}")
    decisions = (await desk.call("decisions", limit=5))["items"]
    for item in decisions[:1]:
        found = await desk.call("decision", sequence=item["sequence"])
        equal((found["hash"], found["verified"]), (item["hash"], True), "the decision's hash")
        check(any(station["sequence"] == item["sequence"] for station in found["stations"]), "the way to a decision")
        first = await desk.call("audit_records", kind="decision", limit=1, **{"from": item["sequence"]})
        equal(first["items"][0]["hash"], item["hash"], "the record's hash")


async def orders(desk):
    before = {item["sequence"] for item in (await desk.call("decisions", limit=50))["items"]}
    symbol = (await desk.call("quotes", limit=1))["items"][0]["symbol"]
    preview = await desk.call("order_place", symbol=symbol, side="buy", quantity=1, preview=True, reason="a check")
    check(preview["preview"] and preview["order"] is None, f"a preview sent something: {preview}")
    key = {"idempotency_key": f"order-{desk.label}-{len(before)}-{symbol}"}
    placed = await desk.call("order_place", key, symbol=symbol, side="buy", quantity=1, reason="a check")
    again = await desk.result("order_place", key, symbol=symbol, side="buy", quantity=1, reason="a check")
    check(again.meta.get("bellwether/repeated"), "a repeated order was placed again")
    equal(again.structured_content["request"]["id"], placed["request"]["id"], "the request of a repeated order")

    async def judged():
        items = (await desk.call("decisions", symbol=symbol, limit=50))["items"]
        return [item for item in items if item["sequence"] not in before and item["side"] == "buy"]

    verdict = (await until(judged, "the order's verdict"))[0]
    check(verdict["verdict"] in ("approved", "refused"), f"a verdict: {verdict}")
    found = (await desk.call("orders", limit=50))["items"]
    if verdict["order"]:
        check(any(item["id"] == verdict["order"] for item in found), "the order is not in the list")
        trail = await desk.call("order_trail", id=verdict["order"])
        equal((trail["id"], trail["symbol"]), (verdict["order"], symbol), "the order's trail")
    else:
        equal((await desk.problem("order_trail", id="no-such-order"))["code"], "not_found", "an unknown order")
    for fill in (await desk.call("fills", limit=5))["items"]:
        check(float(fill["price"]) > 0 and fill["order"], f"a fill: {fill}")


async def control(desk):
    async def stands(state):
        async def question():
            return ((await desk.call("desk_status"))["trading"] or {}).get("state") == state

        await until(question, f"trading is {state}")

    reduced = await desk.call("desk_reduce_only", reason="a check")
    equal(reduced["request"]["reason"], "a check", "the request's reason")
    await stands("reduce_only")
    await desk.call("desk_halt", reason="a check")
    await stands("halted")
    waiting = await desk.result("desk_resume", reason="a check")
    check("confirmation" in waiting.structured_content, "a model can resume trading by itself")
    await stands("halted")
    flattened = await desk.call("desk_flatten", reason="a check")
    check(flattened["request"]["kind"] == "flatten", f"flatten: {flattened}")
    return waiting.structured_content["confirmation"]["id"]


async def logs(desk):
    found = await desk.call("log", limit=20)
    numbers = [item["sequence"] for item in found["items"]]
    equal(numbers, sorted(numbers), "log records come oldest first")
    after = await desk.call("log", after=found["last"], limit=20)
    check(all(item["sequence"] > found["last"] for item in after["items"]), "a log record came twice")
