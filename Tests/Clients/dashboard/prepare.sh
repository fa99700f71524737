#!/usr/bin/env bash
# Makes a home that has something on every page before a desk runs in it: workflows, a run, and dead letters.
#
#     bash Tests/Clients/dashboard/prepare.sh HOME [PROGRAM]
set -euo pipefail
home=$1
bellwether=${2:-bellwether}
examples=$(dirname "$0")/../../../examples/workflows
mkdir -p "$home"

for name in trading-saga event-driven-trader protected-trader; do
    "$bellwether" workflow create "$examples/$name.yaml" --home "$home" >/dev/null
done

# No workflow takes messages of this kind, so they are dead letters at once.
"$bellwether" workflow serve --desk --test-mode --home "$home" >"$home/serve.log" 2>&1 &
server=$!
trap 'kill -INT "$server" 2>/dev/null || true; wait "$server" || true' EXIT
for attempt in $(seq 50); do
    "$bellwether" queue list --home "$home" 2>/dev/null | grep -q risk-alerts && break
    sleep 0.2
done
for number in 1 2 3; do
    "$bellwether" queue send risk-alerts "{\"symbol\": \"AAPL\", \"note\": \"letter $number\"}" \
        --type position_note --home "$home" >/dev/null
done
sleep 2
"$bellwether" queue status --home "$home"
