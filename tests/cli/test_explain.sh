#!/bin/sh
# Does `pamjwt explain` show the real decision, and write nothing? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one
try token mint --issuer lab --sub "$me" --aud pam:box
cp "$box/out" "$box/token"
try ticket issue --user "$me" --service sshd,sudo
cp "$box/out" "$box/ticket"

store_sum() { cat "$box/etc/state/sessions.db" "$box/etc/state/sessions.db-wal" | cksum; }

before=$(store_sum)
input=$box/token
run 0 'a token on stdin' explain --service sshd
shows 'each check' 'ok signature'
shows 'with what it saw' "sub is $me"
shows 'and the verdict' 'accepted: ok: every check passed'
run 0 'a token as -' explain --service sshd -
input=/dev/null
run 0 'a token in a file' explain --service sshd "$box/token"
run 0 'a ticket in a file' explain --service sudo "$box/ticket"
shows 'accepted' 'accepted: ok'
run 0 'as JSON' explain --service sshd --json "$box/token"
json 'is JSON' '.accepted and .authentic and .code == "ok" and .issuer == "lab" and .kid == "one"'
json 'the user is the token'\''s' ".user == \"$me\" and .service == \"sshd\""
tr -d ',' <"$(dirname "$0")/../../man/pamjwt-explain.1" | tr -s ' \n' '\n' | sort -u >"$box/told"
same 'its page names every member' '' "$(jq -r 'keys[], (.checks[0] | keys[])' "$box/out" | sort -u | comm -23 - "$box/told")"
json 'with all checks' '(.checks | length > 10) and all(.checks[]; .ok and .code == "ok")'
json 'and the end of it' '(.expires | fromdate) - (.at | fromdate) | . > 800 and . <= 900'
same 'nothing was written' "$before" "$(store_sum)"

run 1 'another user' explain --service sshd --user someone "$box/token"
shows 'the failed check is marked' 'NO same user'
shows 'the verdict' 'refused: user-mismatch:'
run 1 'another user with a ticket' explain --service sshd --user someone "$box/ticket"
shows 'the verdict' 'refused: user-mismatch:'
run 1 'too late' explain --service sshd --at 1h "$box/token"
shows 'the verdict' 'refused: expired:'
run 0 'control: still in time' explain --service sshd --at 10m "$box/token"
run 1 'a ticket too late' explain --service sshd --at 9h "$box/ticket"
shows 'the verdict' 'refused: ticket-expired:'
run 1 'too early' explain --service sshd --at 2020-01-01T00:00:00Z "$box/token"
shows 'the verdict' 'refused: issued-in-future:'
run 1 'a service that takes no tickets' explain --service web "$box/ticket"
shows 'the verdict' 'refused: kind-not-accepted:'
run 1 'a service that takes no tokens' explain --service sudo "$box/token"
run 1 'a service without a section' explain --service login "$box/token"
shows 'the verdict' 'refused: service:'
run 1 'a refusal as JSON' explain --service sshd --at 1h --json "$box/token"
json 'is JSON' '.accepted == false and .code == "expired" and .authentic and (.decided_by | fromdate)'

# broken CODE NAME SED: the token, changed.
broken() {
    sed "$3" "$box/token" >"$box/broken"
    run 1 "$2" explain --service sshd "$box/broken"
    shows "... because: $1" "refused: $1:"
}
broken signature 'a flipped signature' 's/\.A\([^.]*\)$/.B\1/; t; s/\.[^.]\([^.]*\)$/.A\1/'
broken malformed 'no token at all' 's/.*/hunter2/'
broken empty 'only blanks' 's/.*/  /'
broken malformed 'a segment too few' 's/\.[^.]*$//'
broken ticket-malformed 'a cut ticket' 's/.*/pjt1_abc/'
tr 'a-y' 'b-z' <"$box/ticket" | sed 's/^[^_]*/pjt1/' >"$box/broken"
run 1 'a mistyped ticket' explain --service sshd "$box/broken"
head -c 20000 /dev/zero | tr '\0' e >"$box/broken"
run 1 'more than 16 KiB' explain --service sshd "$box/broken"
printf ' \n%s\r\n\n' "$(cat "$box/token")" >"$box/broken"
run 0 'control: blanks around the token are not of it' explain --service sshd "$box/broken"
! grep -qF "$(cut -d. -f3 "$box/token")" "$box/out"
result 'the token is not repeated' $?

run 1 'a file that is not there' explain --service sshd "$box/nothing"
run 2 'no service, where there are several' explain "$box/token"
says 'its words' '--service S is missing: the config has several'
run 2 'a time that is none' explain --service sshd --at noon "$box/token"

run 1 'without a credential, an issuer has no key yet' explain --service sshd --user "$me"
shows 'the section with file and line' "accepts jwt, ticket: $conf:"
shows 'the issuer that has one' 'ok issuer lab'
shows 'the issuer that has none' 'NO issuer corp'
run 0 'a service that takes tokens of lab alone' explain --service web --user "$me"
shows 'the sum' 'nothing stands against a login'
run 0 'as JSON' explain --service web --user "$me" --json
same 'its page names every member' '' "$(jq -r 'keys[], (.sections[0].options[0] | keys[])' "$box/out" | grep -vx options | sort -u | comm -23 - "$box/told")"
json 'nothing was accepted, for there was nothing' '.accepted == false and .code == "ok"'
try block "$me"
run 1 'a blocked user' explain --service web --user "$me"
shows 'the verdict' 'refused: user-blocked:'
try unblock "$me"
run 1 'a user that is not there' explain --service web --user no.such-user
shows 'the verdict' 'refused: user-unknown:'
run 1 'a service without a section' explain --service login
shows 'the verdict' 'refused: service:'

chmod 0666 "$conf"
run 3 'a config that others may write' explain --service sshd "$box/token"
shows 'is the check that fails' 'NO config'
says 'and said' 'others may change the config file'
run 3 'as JSON' explain --service sshd --json "$box/token"
json 'is JSON too' '.accepted == false and .code == "config-unsafe"'
chmod 0644 "$conf"
chmod 0644 "$box/etc/state/sessions.db"
run 3 'a session file that others may read' explain --service sshd "$box/token"
shows 'is the check that fails' 'NO store'
chmod 0600 "$box/etc/state/sessions.db"
chmod 0666 "$box/etc/keys/lab.jwks"
run 1 'a key set that others may write refuses' explain --service sshd "$box/token"
shows 'the verdict' 'refused: keys-unsafe:'
chmod 0644 "$box/etc/keys/lab.jwks"
run 0 'control: all is well again' explain --service sshd "$box/token"

sed -i '/^\[service sudo/,/^accept/d; /^\[service web/,/^issuers/d' "$conf"
run 0 'the only service need not be named' explain "$box/token"
finish
