#!/usr/bin/env bash
# Measures the peers and this product in turn, on the same bars, and prints ratios.
#
#   compare.sh VENVS PEERS DATA [ROUNDS]
#
# VENVS: a folder for Python environments, made where they are absent (PyPI). PEERS: the folder with the peers' scripts
# (make_bars.py, bt_*.py, requirements-*.txt). DATA: a folder for their bars, made where it is empty.
# Build first: make bench ONLY=engine.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,9p' "$0"; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
venvs=$(mkdir -p "$1" && cd "$1" && pwd)
peers=$(cd "$2" && pwd)
data=$(mkdir -p "$3" && cd "$3" && pwd)
rounds=${4:-5}
out="$here/out/compare"
rm -rf "$out" && mkdir -p "$out"
cd "$here/.."

for group in ind bt vbt nautilus; do
    [ -x "$venvs/$group/bin/python" ] && continue
    python3 -m venv "$venvs/$group"
    "$venvs/$group/bin/pip" install --quiet -r "$peers/requirements-$group.txt" || echo "$group does not install"
done
[ -d "$data/daily" ] || python3 "$peers/make_bars.py" "$data"

# One peer, in a process of its own; one that fails is left out and said to be.
peer() {
    local group=$1
    shift
    (cd "$peers" && PYTHONDONTWRITEBYTECODE=1 "$venvs/$group/bin/python" "$@" 2>"$out/last-error.txt") |
        grep -E '^(RESULT )?\{' >>"$out/peers-$round.jsonl" || echo "round $round: $group $* gave nothing"
}

for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    peer ind "$here/compare/talib_indicators.py" "$data"/m1_*.csv
    Benchmarks/.build/release/Measurements indicators "$out/ours-ind-$round.json" >/dev/null
    Benchmarks/.build/release/Measurements engine "$out/ours-engine-$round.json" >/dev/null
    for case in m1 daily; do
        peer bt bt_backtestingpy.py "$data" --case "$case"
        peer vbt bt_vectorbt.py "$data" --case "$case" --engine rust
        peer vbt bt_vectorbt.py "$data" --case "$case" --engine numba
        # An event-driven engine takes a minute for each round here: one is enough to see the order of magnitude.
        [ "$round" -gt 1 ] || peer nautilus bt_nautilus.py "$data" --case "$case"
    done
done
python3 "$here/compare/ratios.py" "$out"
