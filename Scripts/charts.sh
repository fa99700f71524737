#!/usr/bin/env bash
# Fetches the chart library that the dashboard draws with, once, out of a PyPI package: pinned and checked by its hash.
# Without it the desk builds and runs, and the dashboard shows no charts.
set -euo pipefail
cd "$(dirname "$0")/.."

package="lightweight-charts==2.1"
wheel_sha=4c5598fd57ac7569c3fed733727e2033190ca2f6e2460223d27e0926be7bff4f
file_sha=a7d4221516c7ea0bb0cc17d605df8848c1c748517a2ca43c2ce1a95ddb159006
vendor=Sources/Product/Server/Dashboard/vendor
file=$vendor/lightweight-charts.js
downloads=.build/charts

is_whole() { [ -f "$1" ] && echo "$2  $1" | sha256sum --check --status; }

is_whole "$file" "$file_sha" && exit 0

if ! command -v python3 >/dev/null 2>&1 || ! python3 -m pip --version >/dev/null 2>&1; then
    echo "No pip for python3: the dashboard will have no charts. Install it (python3-pip) and run make setup again." >&2
    exit 0
fi

mkdir -p "$downloads" "$vendor"
wheel=$(find "$downloads" -name 'lightweight_charts-*.whl' | head -1)
if ! is_whole "$wheel" "$wheel_sha"; then
    echo "Fetching the chart library: $package"
    rm -f "$downloads"/*.whl
    if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --dest "$downloads" "$package"; then
        echo "The chart library could not be fetched: the dashboard will have no charts until make setup can." >&2
        exit 0
    fi
    wheel=$(find "$downloads" -name 'lightweight_charts-*.whl' | head -1)
fi
if ! is_whole "$wheel" "$wheel_sha"; then
    echo "The chart library's package is not the one that was expected; nothing was installed." >&2
    exit 1
fi

python3 - "$wheel" "$vendor" <<'PYTHON'
import pathlib, sys, zipfile

wheel, vendor = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
for name in wheel.namelist():
    if name == "lightweight_charts/js/lightweight-charts.js":
        (vendor / "lightweight-charts.js").write_bytes(wheel.read(name))
    elif name.endswith(".dist-info/LICENSE"):
        (vendor / "lightweight-charts.LICENSE.txt").write_bytes(wheel.read(name))
PYTHON
is_whole "$file" "$file_sha" || { rm -f "$file"; echo "The chart library is damaged; it was removed." >&2; exit 1; }
echo "Installed:  $file"
