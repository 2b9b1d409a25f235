#!/bin/sh
# Is nothing lost when a reader goes away, a person presses Ctrl-C, or nobody listens? (TAP)
# Every call of every command in turn is the work of tests/interrupt/.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
echo '[logins]
end = expired' >>"$conf"
state=$box/etc/state
sql() { "$(dirname "$pamjwt")/tests/cli/session_sql" "$state" "$1" 2>>"$box/err"; }
cli() { "$pamjwt" --config "$conf" "$@"; }
# env: a job of a script in the background starts with INT ignored.
usual='env --default-signal=INT,TERM,HUP,PIPE'

# --- A pipe that nobody reads any more: descriptor 8, whose reader has gone.
mkfifo "$box/pipe"
: <"$box/pipe" &
exec 8>"$box/pipe"
wait

run 0 'a ticket' ticket issue --user "$me" --service sshd
cp "$box/out" "$box/ticket"
id=$(cut -c 6-17 "$box/ticket")
try token mint --issuer lab --sub "$me" --aud pam:box
try key new --issuer lab
try token mint --issuer lab --sub "$me" --aud pam:box
cp "$box/out" "$box/token"
# unheard NAME FILE WORD...
unheard() {
    name=$1 file=$2
    shift 2
    cli "$@" <"$file" >&8 2>"$box/err"
    same "$name into a pipe without a reader is status 3" 3 $?
    same '... with one line of talk' 1 "$(wc -l <"$box/err")"
}
unheard 'ticket issue' /dev/null ticket issue --user "$me" --service sshd
says '... the ticket is revoked' 'was made and is revoked'
unheard 'ticket exchange' "$box/token" ticket exchange --service sshd
says '... the ticket is revoked' 'was made and is revoked'
run 0 'the list' ticket list --json
json 'two were made for nobody, and are revoked' 'map(select(.state == "revoked" and .revoked_why == "it could not be handed over")) | length == 2'
run 0 'the audit' audit --act 'revoke ticket' --json
json 'says so' 'length == 2'
unheard 'ticket renew' "$box/ticket" ticket renew
says '... the ticket is lost' "ticket $id is renewed and lost"
run 0 'it stays, for what rests on it' ticket show "$id" --json
json 'unrevoked' '.state != "revoked"'
input=$box/ticket
run 1 'with another secret' explain --service sshd
shows 'that nobody knows' 'refused: ticket-unknown'
input=/dev/null
for words in init 'key new --issuer corp --alg ES256' 'repair --clock'; do
    # shellcheck disable=SC2086 # words
    cli $words >&8 2>"$box/err"
    same "$words into it is status 3" 3 $?
    says '... with the reason' 'standard output: Broken pipe'
done

# --- Talk that nobody hears keeps nothing from being done.
# open_login COMMAND...: an open login by the ticket; its process leads a session of its own.
open_login() {
    setsid "$@" </dev/null >/dev/null 2>&1 &
    login=$!
    until [ "$(cut -d ' ' -f 6 "/proc/$login/stat")" = "$login" ]; do :; done
    sql "INSERT INTO logins (id,ours,target,tty,rhost,pid,started,boot,opened,user,service,ticket,
        iss,sub,jti,kid,iat,issued,expires,leeway) VALUES ('aaaaaaaaaaa',1,'$me','','',$login,
        $(sed 's/.*) //' "/proc/$login/stat" | cut -d ' ' -f 20),
        '$(cat /proc/sys/kernel/random/boot_id)',1,'$me','sshd','$id','','','','',0,1,4000000000,0)"
}
open_login sleep 600
run 0 'a login by that ticket' login list --json
json 'is open' 'length == 1'
cli revoke ticket "$id" >/dev/null 2>&8
same 'it is revoked, and the words go nowhere' 0 $?
wait "$login" 2>/dev/null
same 'the login is ended all the same' '' "$(sql 'SELECT id FROM logins')"

# --- Ctrl-C while a login that does not want to end is ended: once is kept, twice is not.
until_true() {
    end=$(($(date +%s) + 20))
    until "$@"; do [ "$(date +%s)" -lt "$end" ] || return 1; done
}
ended() { [ "$(sed 's/.*) //;s/ .*//' "/proc/$1/stat" 2>/dev/null || echo Z)" = Z ]; }
# Bit 2 is INT, bit 1 HUP, bit 15 TERM.
caught() { mask=$(sed -n "s/^Sig$2:[[:space:]]*//p" "/proc/$1/status") && [ $((0x$mask & $3)) -ne 0 ]; }
not_caught() { ! caught "$@"; }
open_login env --ignore-signal=HUP,TERM sleep 600
$usual "$pamjwt" --config "$conf" login end aaaaaaaaaaa >"$box/out" 2>"$box/err" &
child=$!
until_true caught "$child" Ign 1
result 'it has begun to end the login' $?
caught "$child" Cgt 2
result '... and catches Ctrl-C' $?
kill -INT "$child"
until_true not_caught "$child" Cgt 2
result '... once' $?
! ended "$child"
result '... and goes on' $?
kill -INT "$child"
wait "$child"
same '... the second one ends it' 130 $?
run 0 'the login' login list --json
json 'is still there' 'length == 1'
kill -KILL "$login"
wait "$login" 2>/dev/null
run 0 'the next to look' reap
same 'forgets what is gone' '' "$(sql 'SELECT id FROM logins')"

# --- Readers: their pipe ends early.
sql "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i+1 FROM n WHERE i<5000)
    INSERT INTO audit (number,at,who,origin,act,object,why)
    SELECT 100000+i,1700000000,'root','','block','user'||i,'' FROM n"
for words in audit 'audit --json' 'ticket list' 'revoke list' 'revoke export' 'login list'; do
    # shellcheck disable=SC2086 # words
    cli $words >/dev/null 2>"$box/err.all"
    # shellcheck disable=SC2086
    { cli $words 2>"$box/err"; echo $? >"$box/status"; } | head -n 1 >"$box/out"
    case $(cat "$box/status") in
    0 | 141) same "$words | head -n 1: no word of it" "$(cat "$box/err.all")" "$(cat "$box/err")" ;;
    *) same "$words | head -n 1" '0 or 141' "$(cat "$box/status")" ;;
    esac
done
(trap '' PIPE && cli audit >&8 2>"$box/err")
same 'where PIPE is ignored, it is status 3' 3 $?
same '... and one line' 1 "$(wc -l <"$box/err")"
says '... which says what' 'standard output: Broken pipe'

# --- Waiting for another writer: Ctrl-C ends the wait, and the run.
# interrupted NAME SIGNAL STATUS
interrupted() {
    exec 9<"$state/queue.lock"
    flock -x 9
    $usual "$pamjwt" --config "$conf" block nobody </dev/null >"$box/out" 2>"$box/err" 9<&- &
    child=$!
    until_true grep -q "^[0-9]*: -> FLOCK .* $child " /proc/locks
    result "$1: it waits in line" $?
    kill "-$2" "$child"
    until_true ended "$child"
    result '... no longer' $?
    wait "$child"
    same '... and dies of it' "$3" $?
    exec 9<&-
    run 1 '... with nothing done' unblock nobody
}
interrupted 'Ctrl-C' INT 130
interrupted 'TERM' TERM 143
interrupted 'HUP' HUP 129
run 0 'control: and then it works' block nobody
nohup "$pamjwt" --config "$conf" unblock nobody >"$box/out" 2>"$box/err"
same 'under nohup too' 0 $?

# --- A person at a terminal, asked for a secret.
cat >"$box/at_terminal.exp" <<'END'
log_user 0
set timeout 20
set box $env(BOX)
spawn -noecho sh
send "PS1=; stty -g >$box/tty.before\r"
send "sh -c 'echo \$\$ >$box/pid.new; mv $box/pid.new $box/pid; exec $env(COMMAND)' 2>$box/tty.err\r"
while {![file exists $box/pid]} { after 10 }
set pid [string trim [exec cat $box/pid]]
# Until it waits in read(2) on the terminal; the shell does not.
while {[string trim [exec cat /proc/$pid/comm]] ne "pamjwt" ||
       ![regexp {^(0|63) } [exec cat /proc/$pid/syscall]]} { after 10 }
send "\x03"
while {[file exists /proc/$pid]} { after 10 }
send "echo \$? >$box/tty.status; stty -g >$box/tty.after; exit\r"
expect eof
END
if command -v expect >/dev/null; then
    for words in 'ticket renew' 'ticket exchange --service sshd' 'explain --service sshd -'; do
        rm -f "$box/pid"
        $usual BOX="$box" COMMAND="$pamjwt --config $conf $words" expect "$box/at_terminal.exp" >"$box/out" 2>"$box/err"
        result "$words: Ctrl-C at a terminal" $?
        same '... ends it' 130 "$(cat "$box/tty.status")"
        same '... and leaves the terminal as it was' "$(cat "$box/tty.before")" "$(cat "$box/tty.after")"
        same '... without a word' '' "$(cat "$box/tty.err")"
    done
fi
finish
