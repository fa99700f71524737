#!/usr/bin/env bash
# The rules a compiler does not check: format, the only door to time and chance, and sizes.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

folders=(Package.swift Sources Tests)
[ -d Benchmarks/Sources ] && folders+=(Benchmarks/Package.swift Benchmarks/Sources)
swift format lint --strict -r "${folders[@]}" || failed=1

# Time, chance and identity come from Determinism only. `// determinism-ok: reason` on the line is the only way round.
doors='\bDate\(\)|\bDate\.now|ContinuousClock|SuspendingClock|\bUUID\(\)|\.random\(in|\.randomElement|\.shuffled\(|SystemRandomNumberGenerator|clock_gettime|gettimeofday|arc4random'
found=$(grep -rnE "$doors" Sources --include='*.swift' | grep -v '^Sources/Foundations/Determinism/' | grep -v 'determinism-ok:')
if [ -n "$found" ]; then
    echo "Time, chance or identity not taken from Determinism:"
    echo "$found"
    failed=1
fi

python3 Scripts/sizes.py || failed=1
exit $failed
