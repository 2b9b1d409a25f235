#!/bin/bash
# Does every bad credential fail, for its own reason, and does a good one work right after it?
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 68
good=$tokens/ed25519.1100
made=$box/made
mkdir -p "$made"

# Each refusal is followed by a good login the same way: nothing stays broken.
refused_then_good() { # NAME REASON WAY USER FILE
    ok "$3: $1: $2" refused "${@:2}"
    ok "$3: $1: a good login works after it" accepted "$3" alice "$good"
}

now=$(date +%s)
mint "$made/expired" ed25519 alice --claim "iat=$((now - 3600))" --claim "exp=$((now - 300))"
mint "$made/not_yet" ed25519 alice --claim "nbf=$((now + 600))"
mint "$made/bob" ed25519 bob
mint "$made/audience" ed25519 alice --claim 'aud="pam:other"'
mint "$made/stranger" ed25519 alice --claim 'iss="https://stranger.example.com"'
sed 's/.\{9\}$/AAAAAAAAA/' "$good" >"$made/flipped"
printf 'hello world, this is no token\n' >"$made/junk"
printf '\n' >"$made/empty"
ticket "$made/ticket_bob" bob sshd,sudo,sudo-i,su,su-l
ticket "$made/ticket_ftp" alice ftp
ticket "$made/ticket_revoked" alice sshd,sudo,sudo-i,su,su-l
pamjwt revoke ticket "$(ticket_id "$made/ticket_revoked")" >/dev/null
sed 's/.$/_/' "$tokens/ticket" >"$made/ticket_mistyped"

for way in by_ssh by_sudo_askpass by_su_terminal; do
    refused_then_good 'an expired token' expired "$way" alice "$made/expired"
    refused_then_good "another user's token" user-mismatch "$way" alice "$made/bob"
    refused_then_good 'a flipped signature' signature "$way" alice "$made/flipped"
    refused_then_good 'a revoked ticket' ticket-revoked "$way" alice "$made/ticket_revoked"
    refused_then_good 'a ticket for another service' ticket-service "$way" alice \
        "$made/ticket_ftp"
done
refused_then_good 'a token not yet valid' not-yet-valid by_ssh alice "$made/not_yet"
refused_then_good 'a token for another machine' audience by_ssh alice "$made/audience"
refused_then_good 'an unknown issuer' issuer-unknown by_ssh alice "$made/stranger"
refused_then_good "another user's ticket" user-mismatch by_ssh alice "$made/ticket_bob"
refused_then_good 'a mistyped ticket' ticket-malformed by_ssh alice "$made/ticket_mistyped"

# askpass sends neither of these, so they are typed.
for way in by_ssh_whole by_sudo_stdin_whole by_su_terminal_whole; do
    ok "$way: junk" refused malformed "$way" alice "$made/junk"
    ok "$way: nothing" refused empty "$way" alice "$made/empty"
    ok "$way: a good login works after it" accepted "$way" alice "$tokens/ticket"
done
ok 'by_password: junk' refused malformed by_password alice "$made/junk"
ok 'by_password: a good login works after it' accepted by_password alice "$tokens/ticket"

# The person learns why, only when the credential proved authentic.
attempt by_ssh alice "$made/expired"
ok 'ssh shows that the token expired, and when' told 'expired [0-9]+ minutes ago'
attempt by_ssh alice "$made/ticket_revoked"
ok 'ssh shows that the ticket is revoked' told 'revoked'
attempt by_su_terminal alice "$made/expired"
ok 'su shows that the token expired' told 'expired'
attempt by_sudo_askpass alice "$made/expired"
ok 'sudo, which asks for silence, gets it' bash -c "! grep -Eq 'expired|pam_jwt' '$box/said'"
attempt by_ssh alice "$made/flipped"
ok 'ssh shows no reason for what nobody proved' bash -c "! grep -Eiq 'signature|flipped' '$box/said'"
ok '... but an attempt id' told '[0-9a-f]{12}'

# sudo -i accepts tickets alone.
ok 'a token where only tickets are accepted' refused kind-not-accepted by_sudo_i alice "$good"
ok '... and a ticket there' accepted by_sudo_i alice "$tokens/ticket"

# What sshd shows, without what differs in every attempt.
shown() {
    sed -e 's/attempt [0-9a-f]*/attempt/' -e 's/^[a-z]*@/USER@/' "$box/said"
}

# root has no method but a key, so no prompt of ours is reached.
never_asked() {
    ! attempt by_ssh root "$good" && ! new_log | grep -q 'pam_jwt(sshd:auth)'
}

# Users that are not there: sshd hands on junk of the same length, which must ask on alike.
mint_exact "$made/nobody.500" ed25519 nosuchuser 500
mint "$made/nobody" ed25519 nosuchuser
ok 'ssh: an unknown user' refused malformed by_ssh nosuchuser "$made/nobody"
shown_to_nobody=$(shown)
attempt by_ssh alice "$made/flipped"
ok '... sees what a real user with a bad token sees' [ "$(shown)" = "$shown_to_nobody" ]
ok 'ssh: an unknown user, an answer of exactly 500' refused malformed by_ssh nosuchuser \
    "$made/nobody.500"
mint_exact "$made/alice.500" ed25519 alice 500
mint_exact "$made/alice.1000" ed25519 alice 1000
ok 'a real user, a token of exactly 500' accepted by_ssh alice "$made/alice.500"
ok '... of exactly 1000' accepted by_ssh alice "$made/alice.1000"
ok '... typed at a terminal' accepted by_su_terminal alice "$made/alice.1000"
ok 'ssh as root: a key alone, no prompt for a token' never_asked

# The password method repeats its one answer.
ok 'password method: 500 characters repeat' refused part-repeated by_password alice \
    "$made/alice.500"
ok '... and another length does not' accepted by_password alice "$tokens/ed25519.600"
