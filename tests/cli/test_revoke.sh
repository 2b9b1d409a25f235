#!/bin/sh
# Does what is revoked or blocked end at once, and nothing else? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one

issue() {
    try ticket issue --user "$me" --service sshd,sudo
    cp "$box/out" "$box/ticket"
    id=$(sed -n 's/^ticket \([0-9A-Za-z]*\) for .*/\1/p' "$box/err")
}
mint() {
    try token mint --issuer lab --sub "$me" --aud pam:box "$@"
    cp "$box/out" "$box/token"
}
# judged CODE NAME FILE [WORD...]: what a login with the file's credential would get.
judged() {
    code=$1 name=$2 input=$3
    shift 3
    if [ "$code" = ok ]; then expected=0; else expected=1; fi
    run "$expected" "$name" explain --service sshd "$@"
    shows "... because: $code" ": $code: "
    input=/dev/null
}

issue && gone=$id && cp "$box/ticket" "$box/gone"
issue
judged ok 'control: the ticket before' "$box/gone"
run 0 'revoke ticket' revoke ticket "$gone" --reason 'laptop lost'
says 'what it means' "Ticket $gone is refused from now on."
silent 'talk is on stderr'
judged ticket-revoked 'the ticket after' "$box/gone"
judged ok 'control: the other ticket' "$box/ticket"
run 0 'it is listed' ticket show "$gone" --json
json 'as revoked, by whom and why' \
    ".state == \"revoked\" and .revoked_by == \"$me\" and .revoked_why == \"laptop lost\" and .revoked_at"
run 0 'revoking it again changes nothing' revoke ticket "$gone" --reason other
run 0 'shown again' ticket show "$gone"
shows 'the first reason stays' 'laptop lost'
run 1 'a ticket that is not there' revoke ticket abcdefghijkl
says 'its words' 'there is no ticket abcdefghijkl'
if [ "$(id -u)" -eq 0 ]; then
    issue
    SUDO_USER=alice try revoke ticket "$id"
    run 0 'by root through sudo' ticket show "$id"
    shows 'names who it was' 'revoked_by      alice'
    issue
else
    count=$((count + 2))
    echo "ok $((count - 1)) - by root through sudo # SKIP needs root"
    echo "ok $count - names who it was # SKIP needs root"
fi

mint --claim 'jti="one"' && cp "$box/token" "$box/one"
mint --claim 'jti="two"'
judged ok 'control: the token before' "$box/one"
run 0 'revoke jti' revoke jti lab one
says 'what it means' 'The token one of issuer lab is refused from now on, and 0 tickets that grew from it.'
says 'and what it does not' 'pamjwt block'
judged jti-revoked 'the token after' "$box/one"
judged ok 'control: the token with another jti' "$box/token"
run 0 'a jti that nobody has seen is remembered' revoke jti lab never-seen
mint --claim 'jti="never-seen"'
judged jti-revoked 'and refused when it comes' "$box/token"
mint --claim 'jti="one"'
judged jti-revoked 'whoever brings that jti' "$box/token"
run 1 'an issuer that is not there' revoke jti labs one
says 'its words' 'did you mean lab?'
run 2 'an empty jti' revoke jti lab ''
run 2 'a jti longer than any that is accepted' revoke jti lab "$(head -c 257 /dev/zero | tr '\0' j)"
run 0 'control: the longest' revoke jti lab "$(head -c 256 /dev/zero | tr '\0' j)"

mint --claim "iat=$(($(date +%s) - 7200))" --lifetime 1h
cp "$box/token" "$box/old"
mint --claim "iat=$(($(date +%s) - 600))"
issue
judged ok 'control: the token before' "$box/token"
run 0 'revoke user, before an hour ago' revoke user "$me" --before 1h
judged ok 'a token of ten minutes ago stays good' "$box/token"
judged ok 'and so does the ticket' "$box/ticket"
run 0 'revoke user' revoke user "$me" --reason 'password stuffing'
says 'what it means' "All that was issued for $me until"
says 'that the issuer can go on' 'The issuer can still issue new tokens'
says 'and what to do' "pamjwt block $me"
judged user-revoked 'a token from before' "$box/token"
judged ticket-revoked 'a ticket from before' "$box/ticket"
later=$(($(date +%s) + 120))
mint --claim "iat=$later" --claim "exp=$((later + 600))"
judged ok 'a token issued later is good' "$box/token" --at "$(date -u -d "@$later" +%FT%TZ)"
try ticket issue --user other --service sshd
run 0 'another user'\''s ticket' ticket list --user other --json
json 'is not touched' 'length == 1 and .[0].state == "good"'
run 0 'an RFC 3339 time' revoke user "$me" --before 2026-01-01T00:00:00Z
run 2 'a time in the future' revoke user "$me" --before 2999-01-01T00:00:00Z
says 'its words' 'is in the future'
run 2 'a time without its zone' revoke user "$me" --before 2026-01-01T00:00:00
run 2 'the 30th of February' revoke user "$me" --before 2026-02-30T00:00:00Z
run 0 'control: the 28th' revoke user "$me" --before 2026-02-28T00:00:00Z
run 0 'control: another zone' revoke user "$me" --before 2026-02-28T00:00:00.5+01:00
run 2 'a name that is none' revoke user 'A b'
run 0 'a user that nobody has seen is remembered' revoke user never.seen
says 'without a ticket' 'and 0 tickets'
run 2 'a reason of two lines' revoke user "$me" --reason 'a
b'
run 2 'what cannot be revoked' revoke usr "$me"
says 'what was meant' 'did you mean user?'

later=$(($(date +%s) + 120))
then=$(date -u -d "@$later" +%FT%TZ)
mint --claim "iat=$later" --claim "exp=$((later + 600))"
judged ok 'control: before the block' "$box/token" --at "$then"
run 0 'block' block "$me" --reason holidays
says 'until when' 'until unblocked'
judged user-blocked 'blocked' "$box/token" --at "$then"
run 0 'unblock' unblock "$me"
judged ok 'let in again' "$box/token" --at "$then"
run 1 'unblock again' unblock "$me"
says 'its words' "$me is not blocked"
run 0 'block for an hour' block "$me" --until 1h
judged user-blocked 'blocked now' "$box/token" --at "$then"
run 0 'block once more, for a minute' block "$me" --until 1m
judged ok 'not blocked when it has ended' "$box/token" --at "$then"
run 2 'until the past' block "$me" --until 2020-01-01T00:00:00Z
says 'its words' 'is not in the future'
run 2 'until nonsense' block "$me" --until tomorrow
run 2 'a name that is none' block 'A b'
run 2 'unblock a name that is none' unblock 'A b'

for verb in 'revoke ticket abcdefghijkl' "revoke user $me" 'revoke jti lab x' "block $me" \
    "unblock $me"; do
    mv "$box/etc/state" "$box/etc/away"
    # shellcheck disable=SC2086 # a verb and its operands
    run 3 "$verb without a store" $verb
    mv "$box/etc/away" "$box/etc/state"
done
finish
