#!/bin/sh
# Do tickets go idle, last by renewal, and come of tokens, as the commands promise? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
once_issuer
cat >>"$conf" <<END

[service ops]
issuers = lab
require = groups=admins
max_auth_age = 1h
claims_max_age = 1h
END

sql() { "$(dirname "$pamjwt")/tests/cli/session_sql" "$box/etc/state" "$1"; }
keep() { cp "$box/out" "$box/$1"; }
id_in() { cut -c 6-17 "$box/$1"; }

# with FILE STATUS NAME WORD...: one run that reads FILE.
with() {
    input=$box/$1
    shift
    run "$@"
    input=/dev/null
}

# --- Idle

run 0 'a ticket that may go unused for an hour' ticket issue --user "$me" --service sshd --idle 1h
keep idle
id=$(id_in idle)
run 0 'ticket show' ticket show "$id"
shows 'says how long' 'idle            1h'
with idle 0 'it is good' explain --service sshd
shows 'and that is a check' 'ticket idle'
sql "UPDATE tickets SET created=created-3590"
with idle 0 'just so' explain --service sshd
sql "UPDATE tickets SET created=created-10"
with idle 1 'an hour later it is not' explain --service sshd
shows 'for that reason' 'refused: ticket-idle'
with idle 1 'nor is it renewed' ticket renew
says 'for the same' 'the ticket was not used'
run 0 'the list' ticket list --json
json 'says so' '.[0] | .state == "idle" and .idle == 3600 and .last_used == null'
sql "UPDATE tickets SET last_used=created+3000"
with idle 0 'a use makes it last' explain --service sshd
run 2 'an idle time that is none' ticket issue --user "$me" --service sshd --idle soon
run 2 'or is nothing' ticket issue --user "$me" --service sshd --idle 0s
silent 'no ticket'
run 0 'without --idle' ticket issue --user "$me" --service sshd
run 0 'there is no limit' ticket show "$(cut -c 6-17 "$box/out")" --json
json 'unless the config has one' '.idle == null'

# --- Renewal

run 0 'a ticket for 2h' ticket issue --user "$me" --service sshd --lifetime 2h
keep old
id=$(id_in old)
sql "UPDATE tickets SET created=created-3600,expires=expires-3600,renewable_until=renewable_until-3600 WHERE id='$id'"
with old 0 'ticket renew' ticket renew
same 'the ticket alone on stdout' 68 "$(wc -c <"$box/out")"
says 'what it is, on stderr' "ticket $id for $me at sshd: good until"
says 'for its own lifetime' '(2h)'
keep new
same 'its id stays' "$id" "$(id_in new)"
with new 0 'the new one is good' explain --service sshd
with old 1 'the old one is not' explain --service sshd
shows 'it is unknown' 'refused: ticket-unknown'
with old 1 'and is not renewed' ticket renew
says 'it is unknown' 'there is no such ticket'
silent 'nothing on stdout'
run 0 'the audit' audit --act 'ticket renew' --json
json 'has the renewal, once' "length == 1 and .[0].on == \"$id $me\""
sql "UPDATE tickets SET renewable_until=created+3600+3600 WHERE id='$id'"
with new 1 'once it can end no later' ticket renew
says 'it is not renewed' 'cannot be renewed'
with new 0 'and stays good' explain --service sshd
sql "UPDATE tickets SET renewable_until=expires+60 WHERE id='$id'"
run 0 'the user is blocked' block "$me"
with new 1 'it is not renewed' ticket renew
says 'for that reason' 'the user is blocked'
run 0 'unblocked' unblock "$me"
with new 0 'control: it is' ticket renew
keep new
run 0 'revoked' revoke ticket "$id"
with new 1 'it is not renewed' ticket renew
says 'for that reason' 'the ticket is revoked'
run 0 'one that is good once' ticket issue --user "$me" --service sshd --one-time
keep once
with once 1 'is not renewed' ticket renew
says 'its reason' 'cannot be renewed'
run 1 'nothing on stdin' ticket renew
echo 'eyJhbGciOiJub25lIn0.e30.' >"$box/none"
with none 1 'a token' ticket renew
says 'is no ticket' 'mistyped or cut'
run 0 'one more' ticket issue --user "$me" --service sshd
keep race
for i in 1 2 3 4 5 6 7 8; do
    "$pamjwt" --config "$conf" ticket renew <"$box/race" >"$box/race.$i" 2>"$box/race.$i.err" &
done
wait
same 'of eight who renew it at once, one has it' 1 "$(find "$box" -name 'race.?' -size +0 | wc -l)"
same 'and the others none' 7 "$(cat "$box"/race.?.err | grep -c 'there is no such ticket')"

# --- Exchange

run 0 'a key of lab' key new --issuer lab
run 0 'a key of once' key new --issuer once
now=$(date +%s)
# mint FILE [OPTION]...: a token of lab for me.
mint() {
    file=$1
    shift
    try token mint --issuer lab --sub "$me" --aud pam:box "$@"
    keep "$file"
}
mint token --claim 'groups=["admins"]' --claim "auth_time=$now" --claim 'jti="the-one"'
with token 0 'ticket exchange' ticket exchange --service sudo,ops --lifetime 1h
same 'the ticket alone on stdout' 68 "$(wc -c <"$box/out")"
says 'what it is' "for $me at sudo,ops: good until"
says 'its lifetime' '(1h)'
keep ticket
id=$(id_in ticket)
with ticket 0 'it logs in at sudo' explain --service sudo
with ticket 0 'and at ops' explain --service ops
shows 'whose issuers is a check' "ticket's issuer"
with ticket 1 'not at sshd' explain --service sshd
run 0 'its row' ticket show "$id" --json
json 'has its origin' '.origin_iss == "https://lab.example" and .origin_jti == "the-one" and .origin_sub != null and .origin_kid != null and .origin_iat != null'
same 'and the claims' 1 "$(sql "SELECT claims LIKE '%\"groups\":[\"admins\"]%' FROM tickets WHERE id='$id'")"
run 0 'the audit' audit --act 'ticket exchange' --json
json 'has it' "length == 1 and .[0].on == \"$id $me\""
sql "UPDATE tickets SET auth_time=auth_time-3601 WHERE id='$id'"
with ticket 1 'an old sign-in stays old' explain --service ops
shows 'its reason' 'refused: auth-age'
with ticket 0 'where nobody asks it is good' explain --service sudo
with token 0 'control: again, by default for 8h' ticket exchange --service sudo
says 'as the config says' '(8h)'
keep second
run 0 'the token is revoked' revoke jti lab the-one
with second 1 'and its tickets with it' explain --service sudo
shows 'their reason' 'refused: ticket-revoked'
with token 1 'it makes no other' ticket exchange --service sudo
says 'for that reason' 'jti-revoked'

# refused NAME CODE WORD...: the token in $box/bad makes no ticket, and nothing is written.
refused() {
    name=$1 code=$2
    shift 2
    rows=$(sql 'SELECT count(*) FROM tickets')
    with bad 1 "$name" ticket exchange "$@"
    says '... its reason' "$code"
    silent '... no ticket'
    same '... no row' "$rows" "$(sql 'SELECT count(*) FROM tickets')"
}
# admin [OPTION]...: a token with all that ops asks for, as $box/bad.
admin() { mint bad --claim 'groups=["admins"]' --claim "auth_time=$now" "$@"; }
admin
with bad 0 'control: this one is good' ticket exchange --service ops
refused 'a service that takes no tickets' 'does not accept tickets' --service web
refused 'one bad service refuses all' 'does not accept tickets' --service ops,web
refused 'a service without a section' 'no section names' --service none
refused 'longer than [tickets] lifetime' 'longer than' --service ops --lifetime 481m
with bad 0 'control: as long' ticket exchange --service ops --lifetime 8h
refused 'for another user' user-mismatch --service ops --user nobody-else
admin --lifetime 1s --claim exp=$((now - 100)) --claim iat=$((now - 200))
refused 'an expired token' expired --service ops
mint bad --claim "auth_time=$now"
refused 'a claim that ops requires' 'require at ops' --service ops
with bad 0 'control: sudo does not' ticket exchange --service sudo
refused 'both' 'require at ops' --service sudo,ops
mint bad --claim 'groups=["admins"]'
refused 'no sign-in that ops could ask for' 'auth-age at ops' --service ops
admin --claim iat=$((now - 4000)) --claim exp=$((now + 1000))
refused 'claims that are too old for ops' 'claims-age at ops' --service ops
with bad 0 'control: sudo takes them' ticket exchange --service sudo
ssh-keygen -q -t ed25519 -N '' -f "$box/key"
admin --ssh-key "$box/key.pub"
refused 'a token bound to a key' cnf-unproved --service sudo
cp "$box/ticket" "$box/bad"
refused 'a ticket' kind-not-accepted --service sudo
echo nothing >"$box/bad"
refused 'neither' malformed --service sudo

run 0 'a token that is good once' token mint --issuer once --sub "$me" --aud pam:box \
    --claim 'jti="j"' --claim 'groups=["admins"]' --claim "auth_time=$now"
keep bad
refused 'an issuer that ops does not list' 'issuer-not-accepted at ops' --service ops
with bad 0 'is not spent by that, and exchanged for sudo' ticket exchange --service sudo
keep ticket
same 'it is spent then' 1 "$(sql 'SELECT count(*) FROM replay')"
refused 'and makes no second' replayed --service sudo
with bad 1 'nor a login' explain --service sshd
with ticket 0 'its ticket is good' explain --service sudo
sed -i 's/^accept = ticket$/&\nissuers = lab/' "$conf"
with ticket 1 'until sudo lists its issuers' explain --service sudo
shows 'its reason' 'refused: issuer-not-accepted'
shows 'and where that stands' "[issuers: $conf:"
run 2 'no service' ticket exchange
run 2 'an idle time of its own' ticket exchange --service sudo --idle 1h

# --- Where from

run 0 'a ticket for a network' ticket issue --user "$me" --service sshd --from 192.0.2.0/24
keep from
with from 0 'from there' explain --service sshd --rhost 192.0.2.77
with from 1 'from elsewhere' explain --service sshd --rhost 198.51.100.1
shows 'its reason' 'refused: ticket-from'
with from 1 'from nowhere' explain --service sshd
run 0 'ticket show' ticket show "$(id_in from)"
shows 'the network' 'from            192.0.2.0/24'
run 2 'bits behind the prefix' ticket issue --user "$me" --service sshd --from 192.0.2.1/24
says 'what is expected' 'expected an address or a network'
silent 'no ticket'
run 2 'a name' ticket issue --user "$me" --service sshd --from localhost
run 0 'control: one address' ticket issue --user "$me" --service sshd --from 2001:db8::1

# --- The list

run 0 'of one service' ticket list --service ops --json
json 'those' 'length > 0 and all(.[]; .services | index("ops"))'
run 0 'of one issuer' ticket list --issuer once --json
json 'that one' 'length == 1 and .[0].origin_iss == "https://once.example"'
run 1 'of an issuer without a section' ticket list --issuer twice
run 0 'one that ends soon' ticket issue --user "$me" --service sshd --lifetime 1h
run 0 'that end within two hours' ticket list --expiring 2h --json
json 'those' 'length > 0 and all(.[]; .state == "good" and (.expires | fromdate) <= now + 7200)'
run 0 'that nobody used for a week' ticket list --idle 7d
says 'none' 'No tickets that this asks for.'
sql "UPDATE tickets SET created=created-700000,last_used=0 WHERE id='$(id_in from)'"
run 0 'that nobody used for a week' ticket list --idle 7d --json
json 'one' "length == 1 and .[0].id == \"$(id_in from)\""
run 2 'a time that is none' ticket list --idle never
run 0 'as a table' ticket list --service ops
shows 'with its titles' 'USED'
same 'every line as wide in front of the state' 1 \
    "$(awk 'NR == 1 { at = index($0, "STATE") } { print index(substr($0, at - 1), " ") == 1 }' "$box/out" | sort -u)"

# --- The config

printf '[tickets]\nlifetime = 1h\nidle = 30m\nrenewable = 0s\n' >>"$conf"
run 0 'by the config' ticket issue --user "$me" --service sshd
keep plain
run 0 'ticket show' ticket show "$(id_in plain)" --json
json 'has its idle time, and is not renewable' '.idle == 1800 and .renewable_until == null and .lifetime == 3600'
with plain 1 'ticket renew' ticket renew
says 'its reason' 'cannot be renewed'
run 0 'a minute of its own' ticket issue --user "$me" --service sshd --idle 1m
run 0 'ticket show' ticket show "$(cut -c 6-17 "$box/out")" --json
json 'has that' '.idle == 60'

# --- The clock

sql "UPDATE clock SET mark=mark+864000"
sql "INSERT OR IGNORE INTO clock (id,mark) VALUES (1,$((now + 864000)))"
with race.1 3 'a clock set back renews nothing' ticket renew
says 'its reason' 'the clock was set back'
with bad 3 'and exchanges nothing' ticket exchange --service sudo
finish
