#!/usr/bin/env bash
# Measures the peers and this product in turn, on the same bars, and prints ratios.
#
#   compare.sh VENVS PEERS DATA [ROUNDS] [PARTS]
#
# PARTS: any of "engine workflow", both where nothing is said.
# VENVS: a folder for Python environments, made where they are absent (PyPI). PEERS: the folder with the peers' scripts
# (make_bars.py, bt_*.py, requirements-*.txt). DATA: a folder for their bars, made where it is empty.
# Build first: make bench ONLY=engine.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,10p' "$0"; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
venvs=$(mkdir -p "$1" && cd "$1" && pwd)
peers=$(cd "$2" && pwd)
data=$(mkdir -p "$3" && cd "$3" && pwd)
rounds=${4:-5}
parts=" ${5:-engine workflow} "
out="$here/out/compare"
rm -rf "$out" && mkdir -p "$out"
cd "$here/.."

groups=""
case "$parts" in *" engine "*) groups="ind bt vbt nautilus" ;; esac
case "$parts" in *" workflow "*) groups="$groups wf" ;; esac
for group in $groups; do
    [ -x "$venvs/$group/bin/python" ] && continue
    python3 -m venv "$venvs/$group"
    "$venvs/$group/bin/pip" install --quiet -r "$peers/requirements-$group.txt" || echo "$group does not install"
done
case "$parts" in *" engine "*) [ -d "$data/daily" ] || python3 "$peers/make_bars.py" "$data" ;; esac

# One peer, in a process of its own; one that fails is left out and said to be.
peer() {
    local group=$1
    shift
    (cd "$peers" && PYTHONDONTWRITEBYTECODE=1 "$venvs/$group/bin/python" "$@" 2>"$out/last-error.txt") |
        grep -E '^(RESULT )?\{' >>"$out/peers-$round.jsonl" || echo "round $round: $group $* gave nothing"
}

engines() {
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
}

# Stores lie on the disk of the checkout: a temporary folder in memory would make fsync free.
workflows() {
    mkdir -p "$out/stores"
    peer wf wf_langgraph.py "$out/stores" --durability sync
    peer wf wf_dbos.py "$out/stores"
    TMPDIR="$out/stores" Benchmarks/.build/release/Measurements workflow "$out/ours-workflow-$round.json" >/dev/null
    rm -rf "$out/stores"
}

for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    case "$parts" in *" engine "*) engines ;; esac
    case "$parts" in *" workflow "*) workflows ;; esac
done
python3 "$here/compare/ratios.py" "$out"
