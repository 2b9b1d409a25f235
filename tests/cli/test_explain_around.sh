#!/bin/sh
# Without a token, and after a refusal: does `explain` show what applies, and what happened? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one
touch -d '12 days ago' "$box/etc/keys/lab.jwks"
try token mint --issuer lab --sub "$me" --aud pam:else
cp "$box/out" "$box/elsewhere"
try token mint --issuer lab --sub "$me" --aud pam:box
cp "$box/out" "$box/token"
line() { grep -qxF -e "$2" "$box/out"; result "$1" $?; }
start_of() { grep -nF "[$1" "$conf" | cut -d: -f1; }

run 0 'what applies to a service' explain --service web --user "$me"
line 'its section' "[service web]  $conf:$(start_of 'service web]')"
line 'an option that stands there' "  issuers          = lab  [line $(grep -n '^issuers' "$conf" | cut -d: -f1)]"
line 'a default' '  token_only       = no  [default]'
line 'the issuer' "[issuer lab]  $conf:$(start_of 'issuer lab]')"
line 'an option that is not set' '  decrypt          not set  [default]'
! grep -q 'issuer corp' "$box/out"
result 'no issuer that it does not accept' $?
shows 'the age of the keys' "12 days ago: $box/etc/keys/lab.jwks"
! grep -qE '^(revoked|recent|map):' "$box/out"
result 'nothing that there is not' $?
shows 'the verdict' 'nothing stands against a login: ok'
run 0 'as JSON' explain --service web --user "$me" --json
json 'the sections' '.sections | map(.section) == ["service web", "issuer lab"]'
json 'their options' ".sections[1].options[] | select(.option == \"iss\") | .value == \"https://lab.example\" and .file == \"$conf\" and (.line | type) == \"number\""
json 'defaults without a place' '.sections[1].options[] | select(.option == "leeway") | [.value, .file, .line] == ["30s", null, null]'
json 'every option of the table' '.sections[1].options | map(.option) | contains(["iss", "keys", "audience", "type", "user", "max_lifetime"])'
json 'the keys' '.keys | length == 1 and .[0].issuer == "lab" and (.[0].age / 86400 | floor) == 12'
json 'nothing else' '[.maps, .revocations, .refusals] == [[], [], []]'
run 0 'a service that takes no tokens' explain --service sudo --user "$me" --json
json 'has no issuers' '(.sections | map(.section)) == ["service sudo"] and .keys == []'

try revoke user other.user --reason 'left the team'
run 1 'somebody who is revoked' explain --service web --user other.user
grep -qE '^revoked: user other\.user, what was issued until [0-9TZ:-]+, by [a-z0-9._-]+: left the team$' "$box/out"
result 'the revocation, its date, by whom and why' $?
run 1 'as JSON' explain --service web --user other.user --json
json 'too' '.revocations | length == 1 and (.[0] | .kind == "user" and .value == "other.user" and .why == "left the team" and (.before | fromdate) > 0)'
json 'the first refusal is the verdict' '.code == "user-unknown" and .why == "other.user is unknown to this machine"'
run 0 'those of others' explain --service web --user "$me" --json
json 'do not apply' '.revocations == []'
try revoke issuer corp
run 0 'an issuer that the service does not accept' explain --service web --user "$me" --json
json 'does not either' '.revocations == []'

mv "$box/etc/state/sessions.db" "$box/away"
run 3 'without a session file' explain --service web --user "$me"
shows 'the rest is shown' '[issuer lab]'
says 'and the fault is told' 'there is no session file'
mv "$box/away" "$box/etc/state/sessions.db"

printf '# the people\nsomebody else@lab\n%s me@lab\n%s\tyou@lab\n' "$me" "$me" >"$box/etc/lab.users"
sed -i "/^\\[issuer lab\\]/a user_map = lab.users" "$conf"
run 0 'a map' explain --service web --user "$me"
line 'its line' "map: $box/etc/lab.users:3: $me me@lab"
shows 'and one with a tab' "map: $box/etc/lab.users:4: $me"
sed -i '/^user_map/d' "$conf"

# --- What was refused before: by the module and the judge themselves.
build=$(dirname "$pamjwt")
mkdir "$box/pam.d"
for service in sshd web; do
    echo "auth required $build/pam_jwt.so config=$conf verify=$build/pamjwt-verify" >"$box/pam.d/$service"
done
# log_in SERVICE FILE: what pamtester says; $attempt is the number the person is told.
log_in() {
    LD_PRELOAD=libpam_wrapper.so PAM_WRAPPER=1 PAM_WRAPPER_SERVICE_DIR=$box/pam.d \
        pamtester "$1" "$me" authenticate <"$2" >"$box/said" 2>&1
    attempt=$(sed -n 's/.*attempt \([0-9a-f]\{12\}\).*/\1/p' "$box/said")
}
sanitized() { nm -D "$build/pam_jwt.so" 2>/dev/null | grep -q __asan; }
if ! command -v pamtester >/dev/null || sanitized; then
    echo "# logins are not tried: no pamtester, or a build for sanitizers"
    finish
    exit 0
fi
log_in sshd "$box/token"
run 1 'a login that was accepted' explain --service sshd --user "$me" --json
json 'is not kept' '.refusals == []'
log_in sshd "$box/elsewhere"
first=$attempt
run 0 'an attempt' explain --attempt "$first"
line 'why' 'refused: audience: the token is not for this machine'
line 'who' "user     $me"
line 'where' 'service  sshd'
line 'what decided' "why      aud is pam:else; audience = pam:box lists none of it: set \`audience\`"
line 'that it was proved' 'proved   yes: the credential was authentic'
line 'the cure' 'cure:    ask for a token for this machine, or add its audience to audience'
run 0 'as JSON' explain --attempt "$first" --json
json 'has these members' 'keys == ["at","attempt","authentic","cause","code","cure","id","issuer","kid","phase","rhost","service","text","user","why"]'
json 'and these values' ".code == \"audience\" and .attempt == \"$first\" and .phase == \"auth\" and .authentic and .kid == \"one\" and .rhost == null"
echo hunter2 >"$box/guess"
log_in sshd "$box/guess"
second=$attempt
log_in web "$box/guess"
run 1 'what applies shows them' explain --service sshd --user "$me" --json
json 'the newest first, those of that service alone' ".refusals | map(.attempt) == [\"$second\", \"$first\"]"
json 'a guess proves nothing' '.refusals | map(.authentic) == [false, true]'
run 1 'and as text' explain --service sshd --user "$me"
shows 'each on a line' "sshd:auth user=$me rhost=- reason=audience attempt=$first (aud is pam:else; audience = pam:box lists none of it: set \`audience\`)"
run 0 'not those of others' explain --service web --user "$me" --json
json 'the one' '.refusals | map(.service) == ["web"]'
! grep -qE 'hunter2|eyJ' "$box/etc/run/refusals"
result 'nothing that was typed is kept' $?
[ "$(stat -c %a "$box/etc/run/refusals")" = 600 ]
result 'for root alone' $?
before=$(cksum <"$box/etc/run/refusals")
run 1 'explain itself' explain --service sshd "$box/elsewhere"
run 1 'explain without a token' explain --service sshd --user nobody
same 'leaves nothing there' "$before" "$(cksum <"$box/etc/run/refusals")"

sed -i 's/^leeway/colour/; s/^\[issuer lab\]/&\ncolour = red/' "$conf"
log_in sshd "$box/token"
sed -i '/^colour/d' "$conf"
run 1 'an attempt that no config could place' explain --attempt "$attempt"
says 'where to look' "journalctl -g $attempt"
chmod 0711 "$box/etc/run" && rm "$box/etc/run/refusals" && mkdir "$box/etc/run/refusals"
log_in sshd "$box/elsewhere"
grep -q 'the token is not for this machine' "$box/said"
result 'a directory in its place changes no decision' $?
log_in sshd "$box/token"
grep -q 'successfully authenticated' "$box/said"
result 'nor an acceptance' $?
run 3 'and is told' explain --attempt "$first"
rmdir "$box/etc/run/refusals"
rm -rf "$box/etc/run"
log_in sshd "$box/elsewhere"
run 0 'a directory that is gone is made' explain --attempt "$attempt"
same 'as it should be' 711 "$(stat -c %a "$box/etc/run")"
run 1 'an attempt that was not' explain --attempt 000000000000
run 2 'no number' explain --attempt hunter2
says 'what it should be' '12 hex digits'
try revoke issuer lab --before 2h
run 0 'an issuer of which something is revoked' explain --service web --user "$me"
shows 'without a blank too many' 'revoked: issuer lab, what was issued until '
echo '[nonsense]' >>"$conf"
run 3 'with a config that names no place' explain --attempt 000000000000
says 'what is wrong with it' 'the config file has an error'
finish
