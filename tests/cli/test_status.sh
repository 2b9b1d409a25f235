#!/bin/sh
# Does `pamjwt status` tell what a login would miss? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"

run 3 'nothing there' status
shows 'the config is missing' 'NO config'
says 'what to do' 'pamjwt init'
set_up
run 3 'issuers without keys' status
shows 'are marked' 'NO issuer lab'
try key new --issuer lab
try key new --issuer corp --alg ES256
run 0 'all is there' status
shows 'the version' "pamjwt $("$pamjwt" version | cut -d' ' -f2)"
shows 'the config' "ok config             $conf"
shows 'keys' '1 usable of 1 keys'
shows 'services' 'ok service sudo-i     accepts ticket'
shows 'the store' "schema $schema, 0 tickets, 0 revocations, 0 blocks"
try ticket issue --user "$me" --service sshd
try revoke jti lab x
try block nobody
run 0 'as JSON' status --json
json 'is JSON' ".ok and .store == {\"schema\": $schema, \"tickets\": 1, \"revocations\": 1, \"blocks\": 1, \"logins\": 0}"
json 'with all checks' 'all(.checks[]; .ok) and (.checks | length == 9)'

mkdir "$box/etc/conf.d"
echo '# nothing yet' >"$box/etc/conf.d/more.conf"
run 0 'a file in conf.d' status
shows 'is listed' "ok config             $box/etc/conf.d/more.conf"
rm -r "$box/etc/conf.d"

# broken NAME CHECK COMMAND...: after the command the check fails; JSON says so too.
broken() {
    name=$1 check=$2
    shift 2
    "$@"
    run 3 "$name" status
    shows "... is marked" "NO $check"
    run 3 "... as JSON" status --json
    json '... too' ".ok == false and any(.checks[]; .ok == false and (.check | startswith(\"$check\")))"
}
broken 'a key set that others may write' 'issuer lab' chmod 0666 "$box/etc/keys/lab.jwks"
chmod 0644 "$box/etc/keys/lab.jwks"
broken 'a session file that others may read' store chmod 0644 "$box/etc/state/sessions.db"
chmod 0600 "$box/etc/state/sessions.db"
run 0 'control: all is well again' status
broken 'no session file' store mv "$box/etc/state/sessions.db" "$box/away"
mv "$box/away" "$box/etc/state/sessions.db"
broken 'an error in the config' config sh -c "echo 'colour = red' >>'$conf'"
shows 'with file and line' "$conf:"
sed -i '$d' "$conf"
run 0 'control: without that line' status
sed -i '/^\[service/,$d' "$conf"
run 3 'no service' status
shows 'is marked' 'NO services'
finish
