#!/bin/sh
# Do requirements, suffix, map, ages and groups decide as the manual says, seen with `explain`? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
cat >>"$conf" <<END
[issuer strip]
iss = https://strip.example
keys = strip.jwks
audience = pam:box
user = email
user_strip = @corp.example
require =
    email_verified=true
    groups=ssh users|admins

[issuer mapped]
iss = https://mapped.example
keys = mapped.jwks
audience = pam:box
user_map = mapped.users

[service strict]
require = acr=mfa
max_auth_age = 1h

[service own-group]
require_group = $(id -gn)

[service no-group]
require_group = no-such-group-here
END
for issuer in lab strip mapped; do try key new --issuer "$issuer"; done
now=$(date +%s)

# token NAME ISSUER SUB WORD...: mints one into the file NAME.
token() {
    file=$1 issuer=$2 sub=$3
    shift 3
    run 0 "mint $file" token mint --issuer "$issuer" --sub "$sub" --aud pam:box "$@"
    cp "$box/out" "$box/$file"
}
refused() { shows "... because: $1" "refused: $1:"; }

token good strip 1 --claim "email=\"$me@corp.example\"" --claim email_verified=true \
    --claim 'groups=["x","ssh users"]'
run 0 'all requirements hold' explain --service sshd "$box/good"
shows 'each section shows what it required' "ok issuer's require   [issuer strip]: email_verified=true, groups=ssh users|admins"
shows 'the suffix goes' "ok user suffix        $me, without @corp.example"
token unverified strip 1 --claim "email=\"$me@corp.example\"" --claim email_verified=false \
    --claim 'groups=["admins"]'
run 1 'one requirement does not hold' explain --service sshd "$box/unverified"
refused require
shows 'the requirement and the value' \
    '([issuer strip] requires email_verified=true; email_verified is false)'
token evil strip 1 --claim "email=\"$me@evil.example\"" --claim email_verified=true \
    --claim 'groups="admins"'
run 1 'another suffix' explain --service sshd --user "$me" "$box/evil"
refused user-suffix

# --- The service asks on top of that.
token plain lab "$me"
run 0 'control: nothing is asked' explain --service sshd "$box/plain"
run 1 'the service requires' explain --service strict "$box/plain"
refused require
shows 'its own section' '[service strict] requires acr=mfa; acr is absent'
token old lab "$me" --claim 'acr="mfa"' --claim "auth_time=$((now - 7200))"
run 1 'a sign-in too long ago' explain --service strict "$box/old"
refused auth-age
token recent lab "$me" --claim 'acr="mfa"' --claim "auth_time=$((now - 60))"
run 0 'a recent sign-in' explain --service strict "$box/recent"
run 1 'and later' explain --service strict --at 1h "$box/recent"
run 0 'a ticket of an administrator' ticket issue --user "$me" --service strict,own-group
cp "$box/out" "$box/ticket"
run 1 'has no claims' explain --service strict "$box/ticket"
refused require
shows 'and says so' 'requires acr=mfa; this ticket has no claims'

# --- Groups are the machine's own.
run 0 'the user is in the group' explain --service own-group "$box/plain"
shows 'which is shown' "ok group              $me is in the group $(id -gn)"
run 0 'a ticket too' explain --service own-group "$box/ticket"
run 1 'a group that is not there' explain --service no-group "$box/plain"
refused group
shows 'and says so' 'this machine has no group no-such-group-here'

# --- The map lies beside the config file.
map=$box/etc/mapped.users
token mapped mapped 'repo:org/web:ref:refs/heads/main'
run 1 'without a map' explain --service sshd --user "$me" "$box/mapped"
refused map-unreadable
printf '# builds\nzoe repo:org/web:ref:refs/heads/main\n%s  repo:org/web:ref:refs/heads/main\n' \
    "$me" >"$map"
run 0 'the map names the user' explain --service sshd --user "$me" "$box/mapped"
run 1 'but not everybody' explain --service sshd --user daemon "$box/mapped"
refused user-mismatch
printf 'zoe x\n' >"$map"
run 1 'no line' explain --service sshd --user "$me" "$box/mapped"
refused user-unmapped
shows 'what lacks a line' "repo:org/web:ref:refs/heads/main has no line in $map"
printf 'zoe x\n%s\n' "$me" >"$map"
run 1 'a line without a value' explain --service sshd --user "$me" "$box/mapped"
refused map-malformed
shows 'its place' "$map:2: no value behind the user"
printf '%s repo:org/web:ref:refs/heads/main\n' "$me" >"$map"
chmod 0666 "$map"
run 1 'others may write it' explain --service sshd --user "$me" "$box/mapped"
refused map-unsafe
chmod 0644 "$map"
run 0 'control: they may not' explain --service sshd "$box/mapped"
shows 'and the user is who it names' 'accepted: ok'
finish
