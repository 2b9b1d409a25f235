#!/bin/sh
# A JWT, a ticket, or a JWT that becomes a ticket? Each is measured, and a table printed.
# usage: tests/bench/compare/compare.sh BUILDDIR [--write] [ROUNDS [COUNT [TRIALS]]]
# --write puts the table into README.md and draws compare.svg anew. ROUNDS logins are timed, COUNT are
# open at once, TRIALS credentials of each kind revoked in each phase. As root, for a root judge; in mount
# and pid namespaces of our own, so that no process but ours can be ended.
set -eu
out=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
if [ "$(id -u)" -ne 0 ]; then
    echo 'This comparison needs root: it logs in.' >&2
    exit 1
fi
if [ "${PJWT_COMPARE_NAMESPACE:-}" != yes ]; then
    PJWT_COMPARE_NAMESPACE=yes exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi
shift
write=no
if [ "${1:-}" = --write ]; then
    write=yes
    shift
fi
rounds=${1:-300}
count=${2:-500}
trials=${3:-20}
umask 077
dir=$(mktemp -d /tmp/pamjwt-compare.XXXXXX)
# What a failure was about stands in the log.
trap '[ $? -eq 0 ] || tail -n 5 "$dir/log" >&2; rm -rf "$dir"' EXIT
# shellcheck source=tests/bench/compare/house.sh
. "$here/house.sh"
# shellcheck source=tests/bench/compare/figures.sh
. "$here/figures.sh"
# shellcheck source=tests/bench/compare/loss.sh
. "$here/loss.sh"

house_build
for part in typing life time revocation stored loss; do
    echo "measuring: $part" >&2
    "measure_$part"
done
fact machine all "$(nproc) processors, session file on $(stat -f -c %T "$dir")"
fact often all "$rounds logins timed, $count open at once, $trials revocations"
"$here/table.sh" "$facts" >"$dir/table"
cat "$dir/table"
[ "$write" = yes ] || exit 0
# Written into the files that are there: they stay whose they were.
"$here/plot.sh" "$facts" >"$dir/plot"
cat "$dir/plot" >"$here/compare.svg"
readme=$here/../../../README.md
sed -e "/^<!-- compare -->\$/r $dir/table" -e '/^<!-- compare -->$/,/^<!-- \/compare -->$/{/^<!-- /!d}' \
    "$readme" >"$dir/readme"
cat "$dir/readme" >"$readme"
