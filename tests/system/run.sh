#!/bin/bash
# Do real logins work, and do bad ones fail? Runs tests/system/test_*.sh on the test machine of
# overlay.sh and prints one TAP stream.
#
#   run.sh BUILD-DIR [TEST]...
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:?usage: run.sh BUILD-DIR [TEST]...}" && pwd)
shift
[ $# -gt 0 ] || set -- "$here"/test_*.sh
tests=()
for test in "$@"; do tests+=("$here/$(basename "$test")"); done

# Every test says in its line `plan N` how many cases it has.
skip_all() { # REASON
    local test case count=0 cases
    for test in "${tests[@]}"; do
        cases=$(sed -n 's/^plan \([0-9]*\).*/\1/p' "$test")
        for ((case = 1; case <= cases; case++)); do
            count=$((count + 1))
            printf 'ok %d - system: %s, case %d # SKIP %s\n' "$count" "$(basename "$test")" "$case" \
                "$1"
        done
    done
    printf '1..%d\n' "$count"
}

if ! why=$("$here/overlay.sh" --possible); then
    skip_all "$why"
    exit 0
fi

status=0
"$here/overlay.sh" --package openssh-server --package openssh-client --package sudo \
    --package expect --package pamtester --package openssl --bind "$build" -- \
    "$here/inside.sh" "$build" "${tests[@]}" || status=$?
case $status in
0 | 1) exit "$status" ;;
77)
    # Offline, say: the overlay has told the rest on stderr.
    skip_all 'the packages for the test machine cannot be installed'
    ;;
*)
    printf 'not ok - system: the test machine failed with status %d\n' "$status"
    exit 1
    ;;
esac
