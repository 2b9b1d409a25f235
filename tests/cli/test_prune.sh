#!/bin/sh
# Does `pamjwt prune` forget what its page says, say so, and leave off cleanly? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
state=$box/etc/state
sql() { "$(dirname "$pamjwt")/tests/cli/session_sql" "$state" "$1"; }
rows() { same "$1" "$2" "$(sql "SELECT count(*) FROM $3")"; }
day=86400

run 0 'nothing to forget' prune
shows 'says so' 'forgotten: 0 tickets, 0 revocations, 0 blocks, 0 spent tokens, 0 handoffs'
run 0 'and leaves no row' audit --act prune --json
json 'in the audit' 'length == 0'

try ticket issue --user "$me" --service sshd
try ticket issue --user "$me" --service sshd --note old
sql "UPDATE tickets SET created=created-9*$day,expires=expires-9*$day,renewable_until=0 WHERE note='old'"
try revoke user alice
try revoke user bob --until 1h
sql "UPDATE revocations SET expires=expires-9*$day WHERE value='bob'"
try revoke user carol --until 1h
sql "UPDATE revocations SET expires=0 WHERE value='carol'"
try block dave --until 1h
try block erin
sql "UPDATE blocks SET until=until-8*$day WHERE user='dave'"
sql "INSERT INTO replay (iss,jti,expires,spent) VALUES ('https://lab.example','j',1700000000,1)"
run 0 'one of each' prune --json
json 'are counted' '.tickets == 1 and .revocations == 1 and .blocks == 1 and .spent == 1 and .handoffs == 0'
json 'as is that it came to the end' '.complete and (.by | type == "string")'
rows 'the ticket that is good stays' 1 tickets
rows 'as do revocations without an end, or of today' 2 'revocations'
rows 'and the block without an end' 1 "blocks WHERE user='erin'"
run 0 'a second time' prune
shows 'there is nothing left' 'forgotten: 0 tickets, 0 revocations'
run 0 'the audit' audit --act prune --json
json 'has one row of it' 'length == 1 and .[0].on == "1 ticket, 1 revocation, 1 block, 1 spent token, 0 handoffs"'

# Stopped between two batches: what went is gone, and the file is whole.
many() {
    sql "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<$1)
         INSERT INTO revocations (kind,iss,value,created,expires) SELECT 'jti','i','j'||i,1,1000 FROM n"
}
many 60000
"$pamjwt" --config "$conf" prune --json >"$box/out" 2>"$box/err" &
pid=$!
while [ "$(sql "SELECT count(*) FROM audit WHERE act='prune'")" -lt 2 ]; do kill -0 $pid || break; done
kill -INT $pid
wait $pid
same 'an interrupt' 3 $?
says 'its words' 'stopped by a signal, between two batches'
json 'how far it came' '.complete == false and .revocations > 0 and .revocations < 60000'
gone=$(sed -n 's/.*"revocations": \([0-9]*\).*/\1/p' "$box/out")
rows 'that is what is gone' $((60002 - gone)) revocations
try status --verify
shows 'the file is whole' 'ok store whole'
run 0 'the next run' prune --json
json 'forgets the rest' ".complete and .revocations == $((60000 - gone))"
rows 'and no more' 2 revocations

# Stopped as a job: nobody waits for it meanwhile.
many 60000
"$pamjwt" --config "$conf" prune >"$box/out" 2>"$box/err" &
pid=$!
while [ "$(sql "SELECT count(*) FROM audit WHERE act='prune'")" -lt 4 ]; do kill -0 $pid || break; done
kill -TSTP $pid
while [ "$(cut -d ' ' -f 3 /proc/$pid/stat)" != T ]; do kill -0 $pid || break; done
flock -n "$state/queue.lock" true
same 'a run that is stopped stands in no line' 0 $?
kill -CONT $pid
wait $pid
same 'and goes on' 0 $?
shows 'to the end' '60000 revocations'

many 3000
run 0 'more than a batch' prune
shows 'all of it' '3000 revocations'
same 'and the log is empty again: its header is' 0 "$(head -c 32 "$state/sessions.db-wal" | tr -d '\0' | wc -c)"

sql "UPDATE clock SET mark=mark+100000"
many 1
run 3 'a clock that was set back' prune
says 'its reason' 'clock'
silent 'and no number'
rows 'nothing went' 3 revocations
run 0 'after a look' repair --clock
run 0 'it goes on' prune
shows 'with what is due' '1 revocation,'

sql "UPDATE clock SET mark=mark-100000*$day,boot='another'"
many 1
run 0 'a clock far ahead of what is confirmed' prune
shows 'makes nothing end' ' 0 revocations,'
says 'and says why' 'ahead of what CLOCK_BOOTTIME confirms'
rows 'it is there' 3 revocations

cp "$state/sessions.guard" "$box/guard"
: >"$state/sessions.guard"
run 3 'a store that refuses' prune
silent 'no number either'
cp "$box/guard" "$state/sessions.guard"
run 0 'control: the guard' prune
run 2 'an operand' prune all
finish
