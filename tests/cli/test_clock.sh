#!/bin/sh
# What do the real programs say under a clock that is wrong, and once it is right again? (TAP)
# The judge's logins and the commands run under libfaketime; CLOCK_BOOTTIME stays the machine's.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
library=$(find /usr/lib -name libfaketime.so.1 2>/dev/null | head -n 1)
if [ -z "$library" ]; then
    echo '1..0 # SKIP libfaketime is not installed'
    exit 0
fi
built=$(dirname "$pamjwt")
state=$box/etc/state
hour=3600 day=86400 year=31557600
set_up
once_issuer
cat >>"$conf" <<END

[logins]
end = expired
END
sql() { "$built/tests/cli/session_sql" "$state" "$1"; }
# at SECONDS COMMAND...: with a clock that is that far off.
at() {
    case $1 in [+-]*) shifted=$1 ;; *) shifted=+$1 ;; esac
    shift
    # The order of libraries is for AddressSanitizer, which wants to be the first.
    env LD_PRELOAD="$library" FAKETIME="$shifted" FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 \
        ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0" "$@"
}
# then STATUS NAME SECONDS WORD...: one run of `pamjwt` with that clock.
with_clock() {
    wanted_status=$1 name=$2 by=$3
    shift 3
    at "$by" "$pamjwt" --config "$conf" "$@" <"$input" >"$box/out" 2>"$box/err"
    status=$?
    cat "$box/err" >>"$box/all.err"
    [ "$status" -eq "$wanted_status" ] || echo "# status $status, wanted $wanted_status" >>"$box/err"
    [ "$status" -eq "$wanted_status" ]
    result "$name" $?
}
# login CODE SECONDS FILE: a login at sshd, as the judge decides it.
login() {
    at "$2" "$built/tests/clock/ask_judge" "$built/pamjwt-verify" "$conf" sshd "$me" "$box/$3" \
        >"$box/out" 2>"$box/err"
    same "login with $3 at $2: $1" "$1" "$(head -n 1 "$box/out")"
}
issue() { # FILE SECONDS WORD...
    file=$1 when=$2
    shift 2
    with_clock 0 "ticket $file is issued at $when" "$when" ticket issue --user "$me" --service sshd "$@"
    cp "$box/out" "$box/$file"
}
mint() { # FILE SECTION JTI WORD...
    file=$1 section=$2 jti=$3
    shift 3
    try token mint --issuer "$section" --sub "$me" --aud pam:box --claim jti="\"$jti\"" "$@"
    cp "$box/out" "$box/$file"
}
id_of() { cut -c 6-17 "$box/$1"; }

try key new --issuer lab
try key new --issuer once
try key new --issuer corp --alg ES256
issue good 0
issue idle 0 --idle 1h
issue once 0 --one-time
mint token lab j-1 --lifetime 10m
mint spent once j-2 --lifetime 90m
mint revoked lab j-3 --lifetime 90m
mint exchanged lab j-4 --lifetime 90m
run 0 'a revocation for half an hour' revoke jti lab j-3 --until 30m
login ok 0 good # the mark
login ok 0 once
login ok 0 spent
cp -a "$state" "$box/state.sound"
# Back to where all is sound, and the mark now.
sound() { rm -rf "$state" && cp -a "$box/state.sound" "$state"; }

# --- Behind: nothing that time decides is believed, and nothing is lost by it.
for off in -$hour -$day -$((40 * day)) -$((30 * year)); do
    for file in good idle once token spent revoked; do
        login clock-back "$off" "$file"
    done
    input=$box/exchanged
    with_clock 3 "no exchange at $off" "$off" ticket exchange --service sshd
    says 'for that reason' 'the clock was set back'
    silent 'no ticket'
    input=$box/good
    with_clock 3 "no renewal at $off" "$off" ticket renew
    says 'for that reason' 'the clock was set back'
    with_clock 3 "explain says so at $off" "$off" explain --service sshd
    shows 'as its clock' 'NO clock'
    input=/dev/null
    with_clock 3 "status says so at $off" "$off" status
    says 'by its reason' 'not ready for logins: clock-back'
    login ok 0 good
    login ok 0 idle
    login ok 0 token
    login ticket-spent 0 once
    login replayed 0 spent
    login jti-revoked 0 revoked
done
login ok -100 good # within what leeway allows
login ok -20 token
sound

# --- Ahead: what has ended has ended, and is back when the clock is right.
for row in "$((7 * hour)) ok" "$((8 * hour + 1)) ticket-expired" "$day ticket-expired" \
    "$((40 * day)) ticket-expired" "$((30 * year)) ticket-expired"; do
    login "${row#* }" "+${row% *}" good
    login ok 0 good
done
login ok +1800 idle
login ok +5000 idle
login ok 0 idle # used in the future, and no longer idle for it
sound
login ticket-idle +3700 idle
login ok 0 idle
login expired "+$hour" token
login ok 0 token
login ticket-spent "+$hour" once
login ticket-expired "+$day" once
login ticket-spent 0 once
login replayed "+$hour" spent
for off in $day $((40 * day)) $((30 * year)); do
    login expired "+$off" spent
    issue far "+$off"
    login ok "+$off" far # what is forgotten is forgotten by the mark, which does not move
    login replayed 0 spent
done
login ticket-in-future 0 far
sound

# --- Made by a wrong clock.
for off in $hour $day $((40 * day)) $((30 * year)); do
    issue ahead "+$off"
    login ticket-in-future 0 ahead
    input=$box/ahead
    with_clock 1 'nor is it renewed' 0 ticket renew
    says 'for that reason' 'a clock that was ahead of this one'
    input=/dev/null
    login ok "+$((off + 60))" ahead
    issue behind "-$off"
    login "$([ "$off" = "$hour" ] && echo ok || echo ticket-expired)" 0 behind
done
issue slightly +100
login ok 0 slightly
issue late 0
login ok 0 late
sound
input=$box/good
with_clock 1 'renewed when it has ended' "+$((9 * hour))" ticket renew
says 'it is refused' 'the ticket has expired'
with_clock 1 'and past its renewable' "+$((30 * year))" ticket renew
says 'it is refused' 'the ticket has expired'
with_clock 0 'renewed by a clock an hour ahead' "+$hour" ticket renew
cp "$box/out" "$box/renewed"
input=/dev/null
login ok 0 renewed
login ticket-unknown 0 good
login ok "+$((9 * hour - 10))" renewed
login ticket-expired "+$((9 * hour + 10))" renewed
sound
cp "$box/good" "$box/renewed"
for off in 7 14 21; do
    input=$box/renewed
    with_clock 0 "renewed at ${off}h" "+$((off * hour))" ticket renew
    cp "$box/out" "$box/again" && mv "$box/again" "$box/renewed"
done
input=$box/renewed
with_clock 1 'and not beyond its 24h' "+$((22 * hour))" ticket renew
says 'for that reason' 'the ticket cannot be renewed'
input=/dev/null
login ok "+$((24 * hour - 10))" renewed
login ticket-expired "+$((24 * hour + 10))" renewed
login ok 0 renewed
sound

# --- A revocation with an end holds beyond it, for as long as it is remembered. A block ends when
# the clock says so, and holds again when that was wrong.
login jti-revoked "+$((31 * 60))" revoked
login jti-revoked 0 revoked
run 0 'a block for an hour' block "$me" --until 1h
login user-blocked 0 good
login user-blocked "+$((hour - 10))" good
login ok "+$((hour + 10))" good
login user-blocked 0 good
login clock-back "-$hour" good
run 0 'unblocked' unblock "$me"
with_clock 0 'revoked by a clock that was set back' "-$hour" revoke user "$me"
says 'it says what that leaves out' 'what was issued in between is not revoked by this'
login ok 0 good
run 0 'revoked again' revoke user "$me"
says 'without that warning' 'All that was issued'
same 'none' 0 "$(grep -c 'in between' "$box/err")"
login ticket-revoked 0 good
sound

# --- The mark.
with_clock 0 'repair --clock by a clock that was set back' "-$day" repair --clock
says 'it is asked twice' 'if the clock is not right now'
issue past "-$day"
login ok "-$day" past
login ticket-in-future "-$day" good
with_clock 0 'right again, and told so' 0 repair --clock
login ok 0 good
login clock-back "-$hour" good
login replayed 0 spent
login ticket-spent 0 once
sound
login ok "+$((7 * hour))" good
with_clock 0 'a mark is taken from a wrong clock only by repair' "+$((7 * hour))" repair --clock
login clock-back 0 good
with_clock 0 'and set right' 0 repair --clock
login ok 0 good
sound

# --- Logins that are open, and reap.
setsid sleep 600 </dev/null >/dev/null 2>&1 &
open=$!
until [ "$(cut -d ' ' -f 6 "/proc/$open/stat")" = "$open" ]; do :; done
sql "INSERT INTO logins (id,ours,target,tty,rhost,pid,started,boot,opened,user,service,ticket,iss,
    sub,jti,kid,iat,issued,expires,leeway) SELECT 'aaaaaaaaaaa',1,user,'','',$open,
    $(sed 's/.*) //' "/proc/$open/stat" | cut -d ' ' -f 20),'$(cat /proc/sys/kernel/random/boot_id)',
    created,user,'sshd',id,'','','','',0,created,expires,0 FROM tickets WHERE id='$(id_of good)'"
with_clock 0 'reap, before its end' "+$((7 * hour))" reap
same 'leaves a login open' aaaaaaaaaaa "$(sql 'SELECT id FROM logins')"
with_clock 0 'reap, by a clock set back' "-$((30 * year))" reap
same 'leaves it open' aaaaaaaaaaa "$(sql 'SELECT id FROM logins')"
input=$box/good
with_clock 0 'its ticket is renewed' "+$((2 * hour))" ticket renew
input=/dev/null
with_clock 0 'the list' "+$((2 * hour))" login list --json
json 'has the new end' "(.[0].expires | fromdate) > (now + $((9 * hour)))"
with_clock 0 'reap, past its old end' "+$((9 * hour))" reap
same 'leaves it open' aaaaaaaaaaa "$(sql 'SELECT id FROM logins')"
with_clock 0 'reap, past its new end' "+$((10 * hour + 10))" reap
same 'ends it' '' "$(sql 'SELECT id FROM logins')"
kill -KILL "$open" 2>/dev/null # only if it was not ended
wait "$open" 2>/dev/null

# --- The audit stands in the order in which things were done.
with_clock 0 'one' "-$day" block bob
with_clock 0 'two' "+$day" unblock bob
run 0 'three' block bob
run 0 'the audit' audit --on bob --json
json 'by what came first' '[.[].act] == ["block", "unblock", "block"]'
finish
