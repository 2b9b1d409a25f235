#!/bin/sh
# Does each line of `explain` name the value, the option, its place, the cause and the cure? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
mkdir "$box/etc/conf.d"
cat >"$box/etc/conf.d/more.conf" <<END
[issuer more]
iss = https://more.example
keys = more.jwks
audience = pam:box
algorithms = ES256
leeway = 10s
type =
    at+jwt
    JWT
END
more=$box/etc/conf.d/more.conf
try key new --issuer lab --kid one
try key new --issuer more --kid two --alg ES256
try token mint --issuer lab --sub "$me" --aud pam:box
cp "$box/out" "$box/token"
try token mint --issuer lab --sub "$me" --aud pam:else
cp "$box/out" "$box/elsewhere"
try token mint --issuer more --sub "$me" --aud pam:box
cp "$box/out" "$box/more"

# The line of OPTION in the config, in its section.
line_of() { awk -v s="[$1]" -v o="$2" '$0 ~ /^\[/ { in_it = $0 == s } in_it && $1 == o { print NR }' "$conf"; }
# One line is exactly TEXT; the last lines are exactly TEXT.
line() { grep -qxF -e "$2" "$box/out"; result "$1" $?; }
tail_is() { [ "$(tail -n "$(printf '%s\n' "$2" | wc -l)" "$box/out")" = "$2" ]; result "$1" $?; }

run 0 'an accepted token' explain --service sshd "$box/token"
line 'the config' "ok config             $conf"
line 'the service' "ok service sshd       accepts jwt, ticket: $conf:$(grep -n '^\[service sshd\]' "$conf" | cut -d: -f1)"
line 'a path' "ok store              $box/etc/state  [state: $conf:$(line_of paths state)]"
line 'a check without an option and without a value' 'ok form'
line 'an option of the service' "ok accepted kind      a token  [accept: $conf:$(line_of 'service sshd' accept)]"
line 'the section of the issuer' "ok issuer             the token says iss https://lab.example  [iss: $conf:$(line_of 'issuer lab' iss)]"
line 'its keys' "ok key                kid one, alg Ed25519  [keys: $conf:$(line_of 'issuer lab' keys)]"
line 'a default' 'ok lifetime           exp - iat is 900s, max_lifetime = 5400s  [max_lifetime: default]'
shows 'an option of another section' "[system_users: $conf:$(line_of root system_users)]"
! grep -q '    cause:' "$box/out"
result 'nothing to cure' $?
tail_is 'the verdict is last' 'accepted: ok: every check passed'

run 0 'JSON has the same' explain --service sshd --json "$box/token"
json 'the option, its value and its place' \
    ".checks[] | select(.check == \"accepted kind\") | [.option, .value, .file, .line] == [\"accept\", \"jwt, ticket\", \"$conf\", $(line_of 'service sshd' accept)]"
json 'a default has its value and no place' \
    '.checks[] | select(.check == "lifetime") | [.option, .value, .file, .line] == ["max_lifetime", "90m", null, null]'
json 'no option is null' '.checks[] | select(.check == "signature") | [.option, .value, .file, .line] == [null, null, null, null]'
json 'every check has the same members' \
    '.checks | map(keys) | unique == [["cause", "check", "code", "cure", "file", "line", "ok", "option", "seen", "value"]]'
json 'nothing to cure' '[.cause, .cure, .hint, .why] == [null, null, null, null]'

run 1 'a refused one' explain --service sshd "$box/elsewhere"
tail_is 'ends with the check, cause, cure and verdict' \
    "NO audience           aud is pam:else; audience = pam:box lists none of it: set \`audience\`  [audience: $conf:$(line_of 'issuer lab' audience)]
    cause: aud holds none of the issuer's audience, byte for byte
    cure:  ask for a token for this machine, or add its audience to audience
refused: audience: the token is not for this machine (aud is pam:else; audience = pam:box lists none of it: set \`audience\`)"
run 1 'as JSON' explain --service sshd --json "$box/elsewhere"
json 'the last check refuses' '.checks[-1] | .check == "audience" and .ok == false and .option == "audience" and (.cure | startswith("ask for a token"))'
json 'and so does all of it' '.code == "audience" and .accepted == false and .cure == .checks[-1].cure and .cause == .checks[-1].cause'
run 1 'too late by a default' explain --service sshd --at 1h "$box/token"
tail_is 'says so' "NO expiry             exp is $(sed -n 's/^NO expiry *exp is \([0-9]*\)s.*/\1/p' "$box/out")s ago, leeway 30s  [leeway: default]
    cause: the token's time is over
    cure:  fetch a new token
$(tail -n 1 "$box/out")"
run 1 'too late by an option of conf.d' explain --service sshd --at 1h "$box/more"
shows 'names that file' "leeway 10s  [leeway: $more:6]"
run 0 'control: in time' explain --service sshd "$box/more"
shows 'a list on several lines' "[type: $more:7]"
run 0 'a list as JSON' explain --service sshd --json "$box/more"
json 'has its lines' '.checks[] | select(.check == "type") | .value == "at+jwt\nJWT"'
run 1 'an issuer that the service does not accept' explain --service web "$box/more"
shows 'is the fault of that option' "[issuers: $conf:$(line_of 'service web' issuers)]"
sed -i 's/^algorithms = ES256$/algorithms = RS256/' "$more"
run 1 'an algorithm that the issuer does not list' explain --service sshd "$box/more"
shows 'is the fault of algorithms, not of keys' "[algorithms: $more:5]"
finish
