#!/bin/sh
# Are credentials that are good once, tokens bound to a key, and the clock's mark shown? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
once_issuer

sql() { "$(dirname "$pamjwt")/tests/cli/session_sql" "$box/etc/state" "$1"; }

# A ticket that is good once.
run 0 'ticket issue --one-time' ticket issue --user "$me" --service sshd --one-time
says 'is said to be good once' 'good once, until'
cp "$box/out" "$box/ticket"
id=$(cut -c 6-17 "$box/ticket")
run 0 'ticket show' ticket show "$id" --json
json 'shows it' '.one_time and .spent_at == null and .state == "good"'
input=$box/ticket
run 0 'explain accepts it' explain --service sshd
shows 'and says that a login spends it' "ticket $id is spent by a login"
run 0 'and spends nothing' explain --service sshd
input=/dev/null
sql "UPDATE tickets SET spent_at=created"
input=$box/ticket
run 1 'once it is spent' explain --service sshd
shows 'explain says so' 'refused: ticket-spent'
input=/dev/null
run 0 'ticket list' ticket list --json
json 'says so' '.[0].state == "spent" and .[0].spent_at != null'

# A token that is good once.
run 0 'a key' key new --issuer once
run 0 'a token' token mint --issuer once --sub "$me" --aud pam:box --claim 'jti="the-one"'
cp "$box/out" "$box/token"
input=$box/token
run 0 'explain accepts it' explain --service sshd
shows 'and says that a login spends it' 'jti the-one is spent by a login'
run 0 'and spends nothing' explain --service sshd
same 'no row' 0 "$(sql 'SELECT count(*) FROM replay')"
sql "INSERT INTO replay VALUES ('https://once.example','the-one',4102444800,1767225600)"
run 1 'once it is spent' explain --service sshd --json
json 'explain says so' '.code == "replayed" and (.why | test("was spent at 1767225600"))'
input=/dev/null

# A token bound to a key.
ssh-keygen -q -t ed25519 -N '' -C 'a comment' -f "$box/key"
run 0 'another key' key new --issuer lab
run 0 'token mint --ssh-key' token mint --issuer lab --sub "$me" --aud pam:box \
    --ssh-key "$box/key.pub"
cp "$box/out" "$box/bound"
cut -d . -f 2 "$box/bound" | tr '_-' '/+' | sed 's/$/==/' | base64 -d 2>/dev/null |
    grep -qE '"cnf":\{"jkt":"[A-Za-z0-9_-]{43}"\}'
result 'it has cnf' $?
input=$box/bound
run 1 'explain without a key' explain --service sshd
shows 'refuses it' 'refused: cnf-unproved'
input=/dev/null
run 1 'no ssh key in the file' token mint --issuer lab --sub "$me" --aud pam:box \
    --ssh-key "$box/token"
silent 'nothing is minted'
run 1 'a private key' token mint --issuer lab --sub "$me" --aud pam:box --ssh-key "$box/key"
says 'is told from a public one' '.pub file'
run 1 'no file' token mint --issuer lab --sub "$me" --aud pam:box --ssh-key "$box/none"

# The clock.
run 2 'repair alone' repair
says 'asks what' '--clock'
run 0 'repair --clock, with nothing to repair' repair --clock
shows 'there was no mark' 'it was none'
sql "UPDATE clock SET mark=mark+86400"
input=$box/ticket
run 3 'a day ahead of the clock' explain --service sshd
says 'is refused as a clock set back' 'the clock was set back'
says 'with what to do' 'pamjwt repair --clock'
input=/dev/null
run 0 'repair --clock' repair --clock
says 'warns of what is good again' 'good again'
run 0 'who did it' audit --act 'repair clock' --json
json 'stands in the audit' 'length == 2 and .[1].who != null'
input=$box/bound
run 1 'explain decides again' explain --service sshd
input=/dev/null
run 0 'repair --clock once more' repair --clock
! grep -q 'good again' "$box/err"
result 'has nothing to warn of' $?
finish
