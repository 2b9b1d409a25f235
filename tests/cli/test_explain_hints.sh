#!/bin/sh
# Is the person helped at the edges: odd input, wrong names, a terminal, other locales? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one
try token mint --issuer lab --sub "$me" --aud pam:box
cp "$box/out" "$box/token"
try token mint --issuer lab --sub "$me" --aud pam:box --claim "pad=\"$(head -c 900 /dev/zero | tr '\0' x)\""
cp "$box/out" "$box/long"
try ticket issue --user "$me" --service sshd
cp "$box/out" "$box/ticket"
token=$(cat "$box/token")

# hinted NAME STATUS HINT: what $box/odd holds is answered so, on stdin and in a file, and as JSON.
hinted() {
    input=$box/odd
    run "$2" "$1" explain --service sshd
    shows '... is hinted at' "hint: $3"
    input=/dev/null
    run "$2" '... as JSON' explain --service sshd --json "$box/odd"
    json '... too' "(.hint | startswith(\"$4\")) and .accepted == ($2 == 0)"
}
printf 'Bearer %s\n' "$token" >"$box/odd"
hinted 'a header of HTTP' 1 '"Bearer" is no part of a token' '\"Bearer\" is no part'
printf 'bearer %s\n' "$token" >"$box/odd"
hinted 'in small letters' 1 '"Bearer" is no part of a token' '\"Bearer\" is no part'
printf '"%s"\n' "$token" >"$box/odd"
hinted 'quotes' 1 'quotes are no part of a token' 'quotes are'
printf '{"access_token":"%s"}\n' "$token" >"$box/odd"
hinted 'JSON around it' 1 'it is JSON: hand over the token in it alone' 'it is JSON'
fold -w 500 "$box/long" >"$box/odd"
hinted 'parts with line ends' 1 'it stands in parts of 500 characters' 'it stands in parts'
fold -w 76 "$box/token" >"$box/odd"
hinted 'broken lines' 1 'a blank or a line end stands inside it' 'a blank or a line end'
head -c 1023 "$box/long" >"$box/odd"
hinted 'what ssh passes on' 1 'it has exactly 1023 characters, the most that ssh passes on' 'it has exactly 1023'
head -c 511 "$box/long" >"$box/odd"
hinted 'what sudo passes on' 1 'it has exactly 511 characters, the most that sudo passes on' 'it has exactly 511'
head -c 500 "$box/long" >"$box/odd"
hinted 'the first part' 1 'it has exactly 500 characters: perhaps it is only a part' 'it has exactly 500'
cut -d. -f1,2 "$box/token" >"$box/odd"
hinted 'two segments' 1 'a token has two dots or four, this has 1' 'a token has two dots'
head -c 60 "$box/ticket" >"$box/odd"
hinted 'a cut ticket' 1 'a ticket has 67 characters, this has 60' 'a ticket has 67'
printf '  %s \n' "$token" >"$box/odd"
hinted 'blanks around it' 0 'the blanks around it were left out' 'the blanks around it'
printf '%s\r\n\n' "$token" >"$box/odd"
run 0 'control: line ends behind it' explain --service sshd "$box/odd"
! grep -q '^hint:' "$box/out"
result '... need no hint' $?
: >"$box/odd"
run 1 'an empty file' explain --service sshd "$box/odd"
shows '... is named' 'hint: the file is empty'
input=$box/odd
run 1 'empty standard input' explain --service sshd
shows '... is hinted at' 'hint: standard input was empty: did the command before the pipe fail?'
shows '... and refused as a login would' 'refused: empty: nothing was typed'
run 1 'a key from an empty pipe' key add - --issuer lab
says '... is hinted at' 'standard input is empty -- did the command before the pipe fail?'
input=/dev/null
run 1 'a key from an empty file' key add "$box/odd" --issuer lab
says '... is named' "$box/odd is empty"

run 1 'a service that is mistyped' explain --service ssh "$box/token"
shows 'the file and what was meant' "NO service ssh        no [service ssh] in $conf; did you mean sshd?"
shows 'the cure' '    cure:  add a [service NAME] section for it'
run 1 'another one without a credential' explain --service gdm
shows 'the file' "no [service gdm] in $conf"
! grep -q 'did you mean' "$box/out"
result 'nothing is like it' $?
run 1 'as JSON' explain --service gdm --json
json 'too' '.code == "service" and .checks[-1].ok == false and .sections == []'
run 2 'no service' explain "$box/token"
says 'all that there are' 'the config has several: sshd, sudo, sudo-i, web'

run 0 'nothing handed over' explain --service web --user "$me"
says 'is told' 'No token or ticket was handed over'
# A terminal is asked nothing, and has colour unless NO_COLOR says otherwise.
at_terminal() { script -qec "$*" /dev/null </dev/null | tr -d '\r' >"$box/out"; }
if command -v script >/dev/null; then
    at_terminal env -u NO_COLOR TERM=xterm LC_ALL=C.UTF-8 "$pamjwt" --config "$conf" explain --service web --user "$me"
    shows 'a terminal waits for nothing' 'No token or ticket was handed over'
    shows 'and has colour' "$(printf '\033[32m✓\033[0m service web')"
    at_terminal env NO_COLOR=1 TERM=xterm LC_ALL=C.UTF-8 "$pamjwt" --config "$conf" explain --service web --user "$me"
    shows 'but not under NO_COLOR' '✓ service web'
    ! grep -q "$(printf '\033')" "$box/out"
    result 'none at all' $?
fi
LC_ALL=C.UTF-8 try explain --service sshd --at 1h "$box/token"
shows 'signs where the locale has them' '✗ expiry'
! grep -q "$(printf '\033')" "$box/out"
result 'no colour in a pipe' $?

chmod 0644 "$box/etc/private/lab.jwks"
run 3 'a signing key that others may read' token mint --issuer lab --sub x --aud y
says 'the cure fits' 'make it root'\''s with mode 0600'
chmod 0600 "$box/etc/private/lab.jwks"
run 0 'control: put right' token mint --issuer lab --sub x --aud y

ssh-keygen -q -t ed25519 -N '' -C 'me@home' -f "$box/id"
run 0 'an ssh key' explain --service sshd --ssh-key "$box/id.pub" "$box/token"
run 1 'its private half' explain --service sshd --ssh-key "$box/id" "$box/token"
says 'what to name' 'name the .pub file of an ssh key'
echo 'hello world' >"$box/id"
run 1 'no key at all' explain --service sshd --ssh-key "$box/id" "$box/token"
says 'what it should be' 'name the .pub file of an ssh key'
run 1 'no file' explain --service sshd --ssh-key "$box/nothing" "$box/token"
finish
