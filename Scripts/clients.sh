#!/usr/bin/env bash
# Checks a release binary with programs of others: the official MCP client, Prometheus, a browser, schemathesis, validators.
# Every check has a desk and a home of its own, which end with it. BELLWETHER_BINARY: a binary that is built already.
# ONLY: names of checks, separated by blanks.
set -euo pipefail
cd "$(dirname "$0")/.."
set -m

clients=Tests/Clients
folder=.build/clients
python=$folder/bin/python
results=.build/clients-results

prepare() {
    local packages=(chromium prometheus)
    python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
    Scripts/setup.sh "${packages[@]}"
    if ! cmp -s "$clients/requirements.txt" "$folder/installed"; then
        echo "Installing the clients' packages into $folder"
        python3 -m venv "$folder"
        "$python" -m pip install --quiet --disable-pip-version-check -r "$clients/requirements.txt"
        cp "$clients/requirements.txt" "$folder/installed"
    fi
    binary=${BELLWETHER_BINARY:-}
    if [ -z "$binary" ]; then
        swift build -c release --product bellwether
        binary=$(swift build -c release --show-bin-path)/bellwether
    fi
    rm -rf "$results"
    mkdir -p "$results"
}

# check NAME COMMAND...: runs it for at most five minutes and keeps what it says and how it ended.
check() {
    local name=$1 began=$SECONDS code=0
    shift
    [[ -z "${ONLY:-}" || " $ONLY " == *" $name "* ]] || return 0
    timeout --foreground -k 20 300 "$@" >"$results/$name.log" 2>&1 || code=$?
    local last
    last=$(tail -1 "$results/$name.log" | cut -c1-90)
    printf '%-12s %-7s %4d s  %s\n' "$name" "$([ $code = 0 ] && echo passed || echo FAILED)" $((SECONDS - began)) "$last"
    [ $code = 0 ] || echo "$name" >>"$results/failed"
}

# beside SPEED [--prepare SCRIPT] COMMAND...: a command beside a desk, whose home a script may fill before; see
# Tests/Clients/kit/running_desk.py for what is filled in.
beside() {
    local options=(--binary "$binary" --speed "$1")
    shift
    if [ "$1" = --prepare ]; then
        options+=(--prepare "$2")
        shift 2
    fi
    set -- "$python" "$clients/kit/running_desk.py" "${options[@]}" -- "$@"
    printf '%s\0' "$@"
}

# desk NAME SPEED COMMAND...: a check beside a desk.
desk() {
    local name=$1 words
    shift
    mapfile -d '' words < <(beside "$@")
    check "$name" "${words[@]}"
}

telemetry() {
    if ! ls .build/debug/*.xctest >/dev/null 2>&1; then
        [[ -n "${ONLY:-}" ]] || echo "telemetry    skipped: it needs the tests' build (make test)"
        return 0
    fi
    SWIFT_TEST_FLAGS=--skip-build check telemetry "$python" "$clients/telemetry/judge_exposition.py"
}

programs() {
    desk mcp 86400 "$python" "$clients/mcp/client.py" --binary "{binary}" --home "{home}"
    check prometheus "$python" "$clients/prometheus/scrape.py" --binary "$binary"
    desk openapi 1 "$python" "$clients/openapi/judge_openapi.py" "{openapi}"
    if [ -f "$clients/fuzz/rest.py" ]; then
        desk fuzz-rest 1 "$python" "$clients/fuzz/rest.py" "{url}" "viewer={viewer}" "trader={trader}" "admin={key}" \
            --seconds 20 --examples 5
    fi
    if [ -f "$clients/fuzz/bytes.py" ]; then
        desk fuzz-bytes 1 "$python" "$clients/fuzz/bytes.py" "{url}" "{viewer}" --cases 3000 --workers 8 --seed 1
    fi
    telemetry
}

browsers() {
    check faces "$python" "$clients/faces/compare.py" --binary "$binary" --browser "$(command -v chromium)"
    desk dashboard 86400 --prepare "$clients/dashboard/prepare.sh" "$python" "$clients/dashboard/walk.py" "{url}" "{login}" --browser "$(command -v chromium)"
}

prepare
began=$SECONDS
programs &
first=$!
browsers &
second=$!
trap 'kill -TERM -- "-$first" "-$second" 2>/dev/null || true' EXIT
wait "$first" "$second" || true
echo "$((SECONDS - began)) s; what each said is in $results"
if [ -s "$results/failed" ]; then
    echo "failed: $(paste -sd ' ' "$results/failed")" >&2
    exit 1
fi
