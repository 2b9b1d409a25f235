#!/bin/sh
# Is the session file looked at, copied, put back and trusted again as its pages say? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one
try key new --issuer corp --alg ES256
state=$box/etc/state

issue() { # NAME
    try ticket issue --user "$me" --service sshd
    cp "$box/out" "$box/$1"
    id=$(sed -n 's/^ticket \([0-9A-Za-z]*\) for .*/\1/p' "$box/err")
}
# judged CODE NAME FILE
judged() {
    if [ "$1" = ok ]; then expected=0; else expected=1; fi
    input=$box/$3
    run "$expected" "$2" explain --service sshd
    shows "... because: $1" ": $1: "
    input=/dev/null
}

run 0 'a new store is whole' status --verify
shows 'and says so' 'ok store whole'
issue kept
issue lost && lost=$id
run 0 'backup' backup "$box/first"
says 'what it holds' 'was read back whole'
silent 'talk is on stderr'
same 'for root alone' 600 "$(stat -c %a "$box/first")"
same 'one file' "$box/first" "$(echo "$box"/first*)"
run 3 'a second time to the same place' backup "$box/first"
says 'its words' 'File exists'
says 'and its cure' 'the copy cannot be written'
pamjwt=$(readlink -f "$pamjwt")
cd "$box" || exit 1
run 0 'to a place that is named from here' backup second
same 'it is there' 600 "$(stat -c %a "$box/second")"
run 3 'to a directory that is not there' backup "$box/nowhere/file"
run 0 'a backup of the same commit' restore "$box/first"
run 0 'is the newest: nothing to accept' status --verify
run 0 'the audit' audit --act restore
shows 'says who restored what' "restore  $box/first"
run 0 'the same once more' restore "$box/first"
head -c 4152 /dev/zero >"$box/first-wal"
run 0 'and with an emptied log beside it: its header is' restore "$box/first"
printf '\067\177\006\202' | dd of="$box/first-wal" conv=notrunc 2>"$box/dd"
run 3 'but not with one that holds something' restore "$box/first"
says 'and why' 'that is no backup but a store in use'
rm "$box/first-wal"
"$(dirname "$pamjwt")/tests/cli/session_sql" "$state" 'PRAGMA wal_checkpoint(TRUNCATE)' >"$box/dd"
run 3 'nor the session file itself' restore "$state/sessions.db"
says 'and why' 'is the session file itself'
run 0 'is the newest as before' status --verify
judged ok 'control: a ticket' lost
run 1 'repair with nothing to repair' repair --accept-restore
says 'its words' 'repair: the session file is the newest: nothing is to be accepted'
run 0 'and the store is as it was' status

run 0 'what the backup does not know' revoke ticket "$lost"
judged ticket-revoked 'control: it counts' lost
run 0 'the backup put back by restore' restore "$box/first"
says 'what follows' 'pamjwt repair --accept-restore'
input=$box/lost
run 3 'no ticket is looked at any more' explain --service sshd
input=/dev/null
says 'because' 'the session file is older than its guard'
run 3 'nor issued' ticket issue --user "$me" --service sshd
run 3 'nor revoked' revoke user "$me"
run 3 'status says so' status
shows 'which' 'NO store'
run 3 'no backup of it' backup "$box/third"
run 2 'repair does nothing by itself' repair
run 2 'nor one of two' repair --accept-restore --clock
says 'but says how' '--clock and --accept-restore: one after the other'
run 0 'repair --accept-restore' repair --accept-restore
says 'what is revoked' 'Revoked: 2 tickets'
says 'what cannot be known' 'which users were blocked'
judged ticket-revoked 'the ticket that was revoked' lost
judged ticket-revoked 'and the one that was not' kept
input=/dev/null
try token mint --issuer lab --sub "$me" --aud pam:box --claim "iat=$(($(date +%s) - 60))"
cp "$box/out" "$box/token"
judged issuer-revoked 'a token from before' token
issue new
judged ok 'a ticket from after' new
run 0 'the store is whole' status --verify
run 0 'the old backup once more' restore "$box/first"
run 3 'is refused again' status
run 0 'and accepted again' repair --accept-restore

# By hand, as people do.
run 0 'another backup' backup "$box/hand"
run 0 'and a block after it' block nobody
cp "$box/hand" "$state/sessions.db"
chmod 0600 "$state/sessions.db"
rm -f "$state/sessions.db-wal" "$state/sessions.db-shm"
run 3 'a backup put back by hand' status
says 'is refused' 'not ready for logins: store-behind'
run 0 'accepted' repair --accept-restore
run 0 'good again' status
mv "$state/sessions.guard" "$box/guard"
run 3 'without its guard' status
says 'it is refused' store-behind
mv "$box/guard" "$state/sessions.guard"
run 0 'control: with it' status

# Damage.
flip() { # FILE OFFSET
    printf '\377\000\377\000' | dd of="$1" bs=1 seek="$2" conv=notrunc 2>"$box/dd"
}
cp "$box/hand" "$box/flipped"
flip "$box/flipped" 9000
run 3 'a damaged backup' restore "$box/flipped"
says 'with the page' 'page 3 of the session file'
run 3 'a backup that is none' restore "$conf"
says 'its words' 'nothing was restored: '
says 'and why' 'no whole number of pages'
says 'and what holds' 'the session file is as it was'
head -c 8192 /dev/zero | tr '\0' x >"$box/text" && chmod 0600 "$box/text"
run 3 'a text of whole pages' restore "$box/text"
says 'its words' 'not a database'
run 3 'a backup that is not there' restore "$box/none"
says 'its words' "nothing was restored: $box/none"
cp "$box/hand" "$box/open" && chmod 0666 "$box/open"
run 3 'a backup that others may have written' restore "$box/open"
run 0 'control: the store is as it was' status --verify
mkdir "$state/sessions.new"
run 3 'a restore that fails when it has begun' restore "$box/hand"
rmdir "$state/sessions.new"
run 0 'leaves the store as it was' status --verify
run 0 'and writable' ticket issue --user "$me" --service sshd
: >"$box/half.new" && chmod 0600 "$box/half.new"
run 0 'a backup where one was killed' backup "$box/half"
same 'leaves nothing beside it' "$box/half" "$(echo "$box"/half*)"
exec 9>"$box/busy.new"
flock -x 9
run 3 'a backup where another one is being written' backup "$box/busy"
same 'leaves that alone' "$box/busy.new" "$(echo "$box"/busy*)"
exec 9>&-
try block "$me" # so that the pages stand in the log
size=$(stat -c %s "$state/sessions.db-wal")
flip "$state/sessions.db-wal" $((size - 2000))
rm -f "$state/sessions.db-shm"
run 3 'damage at the end of the log' status
says 'is told by the guard' store-behind
run 0 'a backup in the place of a damaged store' restore "$box/hand"
run 0 'accepted' repair --accept-restore
run 0 'good again' status --verify
rm -f "$state/sessions.db" "$state/sessions.db-wal" "$state/sessions.db-shm"
run 3 'no session file' status
run 0 'a backup in its place' restore "$box/hand"
run 0 'accepted' repair --accept-restore
run 0 'good again' status --verify
truncate -s -100 "$state/sessions.db"
run 3 'a file cut within a page' status
says 'is damaged' store-damaged
finish
