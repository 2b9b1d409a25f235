#!/bin/sh
# Does a command that waits for another writer end in time, with its own status? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up

# until COMMAND...: asks again until it is so, for at most ten seconds.
until_true() {
    end=$(($(date +%s) + 10))
    until "$@"; do [ "$(date +%s)" -lt "$end" ] || return 1; done
}
# SIGALRM (bit 13) is caught: from then on it ends the wait and not the process.
armed() { mask=$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status") && [ $((0x$mask & 0x2000)) -ne 0 ]; }
# SIGTSTP (bit 19) and SIGTTOU (bit 21) do nothing.
awake() { mask=$(sed -n 's/^SigIgn:[[:space:]]*//p' "/proc/$1/status") && [ $((0x$mask & 0x280000)) -eq $((0x280000)) ]; }
ended() { ! kill -ALRM "$1" 2>/dev/null; }

# interrupted NAME FILE WORD...: the run waits for a lock on FILE until its alarm.
interrupted() {
    name=$1
    exec 9<"$2"
    shift 2
    flock -x 9
    "$pamjwt" --config "$conf" "$@" </dev/null >"$box/out" 2>"$box/err" 9<&- &
    child=$!
    until_true armed "$child"
    result "$name waits" $?
    until_true ended "$child"
    wait "$child"
    same "$name ends with status 3" 3 $?
    exec 9<&-
}

interrupted 'a block' "$box/etc/state/queue.lock" block alice
says 'its words' 'another writer holds the session file'
says 'what to do' 'try again'
run 1 'nothing was written' unblock alice
run 0 'control: without the other writer' block alice
interrupted 'a new key' "$box/etc/private" key new --issuer lab --kid late
says 'its words' 'another command changes keys'
run 1 'nothing was written' key show late
run 0 'control: without the other one' key new --issuer lab --kid late
# Stopped by Ctrl-Z with the lock in its hands, it would hold up every login.
exec 9<"$box/etc/state/queue.lock"
flock -x 9
"$pamjwt" --config "$conf" block bob </dev/null >"$box/out" 2>"$box/err" 9<&- &
child=$!
until_true armed "$child"
until_true awake "$child"
result 'Ctrl-Z does not stop a writer' $?
kill -TSTP "$child"
exec 9<&-
until_true ended "$child"
result '... which goes on' $?
run 0 '... and did what it was told' unblock bob
# Any user may open keys/ and hold its lock.
exec 9<"$box/etc/keys"
flock -x 9
run 0 'a lock on keys/ holds nobody up' key new --issuer lab --kid free
exec 9<&-
exec 9<"$box/etc/state/queue.lock"
flock -x 9
run 0 'readers do not wait' ticket list
run 0 'nor does a look at the store' explain --service sudo --user "$me"
exec 9<&-
finish
