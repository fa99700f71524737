#!/usr/bin/env bash
# Measures the product: bench.sh [SUITE[,SUITE...]]. Prints a table and writes Benchmarks/out/latest.json.
set -euo pipefail
cd "$(dirname "$0")/.."
out=Benchmarks/out
mkdir -p "$out/tmp"

swift build -c release --product bellwether
swift build -c release --package-path Benchmarks

# Databases and homes lie on the disk of the checkout: a temporary folder in memory would make fsync free.
export TMPDIR="$PWD/$out/tmp"
BENCH_SWIFT=$(swift --version 2>/dev/null | grep -o 'Swift version [^ ]*' | head -1)
BENCH_COMMIT=$(git describe --always --dirty 2>/dev/null || echo unknown)
export BENCH_SWIFT BENCH_COMMIT
Benchmarks/.build/release/Measurements "${1:-}" "$out/latest.json"
rm -rf "$out/tmp"
