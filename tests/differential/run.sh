#!/bin/sh
# Asks Debian's python3-jwcrypto and npm's jose about the same tokens as us; prints TAP.
# usage: tests/differential/run.sh OUT [COUNT [SEED]]
set -eu
out=$(cd "$1" && pwd)
count=${2:-4000} seed=${3:-1}
here=$(cd "$(dirname "$0")" && pwd)
work=$out/differential
mkdir -p "$work"
chmod 0755 "$work"
if ! /usr/bin/python3 -c 'import jwcrypto' 2>/dev/null; then
    echo '1..1'
    echo 'ok 1 - differential # SKIP python3-jwcrypto is not installed'
    exit 0
fi
# The lock file holds what is fetched by its hash; from where is npm's own configuration.
jose=
cp "$here/package.json" "$here/package-lock.json" "$here/jose.mjs" "$work/"
if (cd "$work" && timeout 120 npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
    jose=$work
fi
# shellcheck disable=SC2086 # a folder or nothing
exec /usr/bin/python3 "$here/differential.py" "$out/tests/differential/driver" "$work" \
    "$here/differences.txt" "$count" "$seed" $jose
