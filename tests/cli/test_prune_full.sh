#!/bin/sh
# Does `pamjwt prune` work where there is hardly room for its log, and leave the reserve alone? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
if [ "${PJWT_FULL_NAMESPACE:-}" != yes ]; then
    if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
        PJWT_FULL_NAMESPACE=yes exec unshare -m "$0" "$@"
    fi
    printf 'ok 1 - a nearly full disk # SKIP needs root and a mount namespace\n1..1\n'
    exit 0
fi
. "$(dirname "$0")/support.sh"
state=$box/etc/state
mkdir -p "$state"
mount -t tmpfs -o size=12m,mode=0700 none "$state"
trap 'umount "$state"; rm -rf -- "$box"' EXIT
set_up
sql() { "$(dirname "$pamjwt")/tests/cli/session_sql" "$state" "$1"; }
rows() { same "$1" "$2" "$(sql "SELECT count(*) FROM $3")"; }
whole_reserve() { same "$1" 2048 "$(stat -c %b "$state/sessions.reserve")"; } # blocks of 512
free_kib() { df -k --output=avail "$state" | tail -n 1; }
# leave KIB: a file takes all but that.
leave() {
    rm -f "$state/ballast"
    head -c "$((($(free_kib) - $1) * 1024))" /dev/zero >"$state/ballast" 2>/dev/null
}

# One row in thirty has ended, so that each lies on a page of its own.
sql "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<30000)
     INSERT INTO revocations (kind,iss,value,created,expires)
     SELECT 'jti','https://lab.example',printf('%06d-%040d',i,i),1,CASE WHEN i%30=0 THEN 1000 ELSE 0 END FROM n"
rows 'rows that ended' 1000 'revocations WHERE expires<>0'
leave 0
run 3 'no room at all' prune
says 'is a full disk' 'the session file cannot grow'
rows 'and nothing went' 1000 'revocations WHERE expires<>0'
whole_reserve 'nor did the reserve'
leave 150
[ "$(free_kib)" -ge 100 ] && [ "$(free_kib)" -le 200 ]
result 'room for two dozen pages' $?
run 0 'few rows at a time' prune
shows 'all of them' '1000 revocations'
rows 'are gone' 0 'revocations WHERE expires<>0'
rows 'and no others' 29000 revocations
whole_reserve 'the reserve is whole'
run 0 'and a revocation finds room' revoke user "$me"
finish
