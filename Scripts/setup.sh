#!/usr/bin/env bash
# Installs the Debian packages named as arguments that are missing, and says which. Takes no time when none is.
set -euo pipefail

missing=()
if command -v dpkg-query >/dev/null 2>&1; then
    installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null | awk '$1 == "ii" { print $2 }' || true)
    for package in "$@"; do
        grep -qx "$package" <<<"$installed" || missing+=("$package")
    done
else
    echo "This system has no dpkg. Install, under whatever name they have here: $*" >&2
    echo "and Swift 6.3; then run make again." >&2
    pkg-config --exists sqlite3 zlib libzip yaml-0.1 libcrypto libwebsockets 2>/dev/null && exit 0
    exit 1
fi

if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing: ${missing[*]}"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || { echo "Run as root: apt-get install ${missing[*]}" >&2; exit 1; }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    echo "Installed:  ${missing[*]}"
fi

if ! command -v swift >/dev/null 2>&1; then
    echo "Swift 6.3 is needed and not found on PATH." >&2
    exit 1
fi
