#!/bin/sh
# Do revocations come whole to another machine, once or many times, and is what is no revocation refused? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
here=$box/etc there=$box/there
mkdir "$there"
move() { conf=$1/pam_jwt.conf; }
conf_here=$conf
move "$there"
set_up
conf=$conf_here

try revoke jti lab j-1 --reason 'with a "quote" and a ü'
try revoke user "$me" --before 2026-01-01T00:00:00Z
try revoke subject lab s-1
try revoke issuer corp --before 2026-01-02T03:04:05Z --until 2999-01-01T00:00:00Z
try revoke key corp k-1
try block "$me" --until 2999-01-01T00:00:00Z
try ticket issue --user "$me" --service sshd
ticket=$(sed -n 's/^ticket \([0-9A-Za-z]*\) for .*/\1/p' "$box/err")
try revoke ticket "$ticket"
run 0 'export' revoke export
cp "$box/out" "$box/lines"
same 'one line for each, tickets aside' 6 "$(wc -l <"$box/lines")"
run 0 'the list' revoke list --json
json 'has the ticket too' 'length == 7'
jq -S 'map(select(.kind != "ticket"))' "$box/out" >"$box/list.here"

move "$there"
input=$box/lines
run 0 'import on another machine' revoke import
says 'all were new' '6 read, 6 new'
run 0 'import again' revoke import "$box/lines"
says 'nothing was new' '6 read, 0 new'
input=/dev/null
run 0 'the list there' revoke list --json
jq -S . "$box/out" >"$box/list.there"
cmp -s "$box/list.here" "$box/list.there"
result 'is the list here, ids and all' $?
run 0 'export there' revoke export
cmp -s "$box/out" "$box/lines"
result 'is the very same text' $?
run 0 'the audit' audit --act 'revoke import' --json
json 'has one row' 'length == 1 and .[0].on == "6 new rows"'

good='{"kind":"jti","iss":"https://lab.example","value":"j-2","before":null,"created":"2026-01-01T00:00:00Z","until":null,"by":"root","reason":null}'
bad() { # NAME SED WORDS
    { printf '%s\n' "$good" | sed 's/j-2/j-3/'; printf '\n'; printf '%s\n' "$good" | sed "$2"; } >"$box/bad"
    run 1 "$1" revoke import "$box/bad"
    says '... and its line and fault' "bad:3: $3"
    run 0 '... and nothing of it' revoke list --kind jti --json
    json '... was kept' 'map(select(.value == "j-3")) | length == 0'
}
bad 'no JSON' 's/}$//' 'no JSON object'
bad 'a member twice' 's/"before":null/"before":null,"before":null/' 'no JSON object'
bad 'a kind that is none' 's/"jti"/"ticket"/' 'kind: expected'
bad 'a member more' 's/}$/,"x":1}/' 'a member that is none'
bad 'a member missing' 's/,"reason":null//' 'reason: expected'
bad 'no issuer' 's|"https://lab.example"|null|' 'iss: expected'
bad 'a number for a text' 's/"j-2"/2/' 'value: expected'
bad 'an empty value' 's/"j-2"/""/' 'value: expected'
bad 'a value that is too long' "s/j-2/$(head -c 257 /dev/zero | tr '\0' j)/" 'value: expected'
bad 'a control character in a reason' 's|"reason":null|"reason":"j\\u001b[2J"|' 'reason: expected'
bad 'a NUL in a value' 's/j-2/j\\u0000/' 'no JSON object'
bad 'a span for a time' 's/"2026-01-01T00:00:00Z"/"2h"/' 'created: expected'
bad 'no time' 's/"2026-01-01T00:00:00Z"/null/' 'created: expected'
bad 'a date where the kind has none, but no time' 's/"before":null/"before":"soon"/' 'before: expected'
bad 'a user that is none' 's/"jti"/"user"/; s|"https://lab.example"|null|; s/"j-2"/"A b"/; s/"before":null/"before":"2026-01-01T00:00:00Z"/' 'value: A b is no local user name'
bad 'a date in the future' 's/"jti"/"user"/; s|"https://lab.example"|null|; s/"j-2"/"alice"/; s/"before":null/"before":"2999-01-01T00:00:00Z"/' 'before: in the future'
bad 'a user without a date' 's/"jti"/"user"/; s|"https://lab.example"|null|; s/"j-2"/"alice"/' 'before: expected'
bad 'a NUL before the line' 's/^/\x00/' 'no JSON object'
bad 'a NUL behind it' 's/$/\x00/' 'no JSON object'
bad 'a line that is too long' "s/j-2/$(head -c 9000 /dev/zero | tr '\0' j)/" 'longer than'
printf '%s\n' "$good" >"$box/good"
run 0 'control: the good line' revoke import "$box/good"
says 'is kept' '1 read, 1 new'
printf '%s' "$good" | sed 's/j-2/j-4/' >"$box/good"
run 0 'control: without a line end' revoke import "$box/good"
says 'is kept too' '1 read, 1 new'
run 1 'a file that is not there' revoke import "$box/none"
run 3 'one that cannot be read' revoke import "$box"
says 'is not taken for an empty one' 'Is a directory'
"$pamjwt" --config "$conf" revoke import <&- >"$box/out" 2>"$box/err"
same 'a closed standard input' 3 $?
says 'neither' 'standard input: '
: >"$box/none"
run 0 'an empty file' revoke import "$box/none"
says 'changes nothing' '0 read, 0 new'
awk -v line="$good" 'BEGIN { for (i = 0; i < 1200; i++) { l = line; sub(/j-2/, "many-" i, l); print l } }' >"$box/many"
run 0 'twelve hundred lines' revoke import "$box/many"
says 'in several transactions' '1200 read, 1200 new'
finish
