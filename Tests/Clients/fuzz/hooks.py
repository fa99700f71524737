"""What schemathesis needs to know of the desk: keys of writes, and a check of its own. Loaded by rest.py."""
import itertools
import os

import requests
import schemathesis

NUMBERS = itertools.count()
RUN = os.urandom(4).hex()
OPEN = ("/health/live", "/health/ready", "/login/{token}", "/hooks/{workflow}/{trigger}")
ASKED = set()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Writes come with a key of their own, where the case is not about the key."""
    if case.method.upper() != "GET" and not case.headers.get("Idempotency-Key"):
        case.headers["Idempotency-Key"] = f"fuzz-{RUN}-{next(NUMBERS):08d}"


@schemathesis.check
def nobody_is_refused(context, response, case):
    """The same without a key is a 401, whatever is asked. Once for each operation."""
    operation = (case.method, case.path)
    if case.path in OPEN or operation in ASKED:
        return None
    ASKED.add(operation)
    request = response.request
    headers = {name: value for name, value in request.headers.items() if name.lower() not in ("authorization", "cookie")}
    answer = requests.request(request.method, request.url, headers=headers, data=request.body, timeout=10)
    # The methods of a path are no secret: OPTIONS tells them as 405 does, and nothing else.
    if case.method.upper() == "OPTIONS" and answer.status_code == 204 and not answer.content and "Allow" in answer.headers:
        return None
    # 405 and 501: a method that the path does not take.
    if answer.status_code not in (400, 401, 405, 501):
        raise AssertionError(f"without a key: {answer.status_code}")
    return None
