#!/bin/sh
# Does each command keep to its limits: just there is good, one further is refused? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
i=0
while [ $((i += 1)) -le 17 ]; do # 64 bytes, the longest of a service, each
    printf '[service %s%02d]\naccept = ticket\n' "$(head -c 62 /dev/zero | tr '\0' s)" "$i" >>"$conf"
done
state=$box/etc/state
try key new --issuer lab
sql() { "$(dirname "$pamjwt")/tests/cli/session_sql" "$state" "$1"; }
many() { head -c "$1" /dev/zero | tr '\0' "${2:-n}"; } # N [CHARACTER]
services() { # N [WIDTH OF THE LAST]
    n=0 list=
    while [ $((n += 1)) -le "$1" ]; do
        list=$list,$(many 62 s)$(printf %02d "$n")
    done
    echo "${list#,}"
}

# row STATUS SAID WORD...: one run; SAID stands in stdout or stderr.
row() {
    expected=$1 said=$2
    shift 2
    label=$(printf %.70s "$*" | tr '\n\t\033\302\205\233\355\240\200' '?????????')
    run "$expected" "$label" "$@"
    cat "$box/out" >>"$box/err"
    grep -qF -e "$said" "$box/err"
    result "... says $(printf %.40s "$said")" $?
}
issue() { # STATUS SAID WORD...
    expected=$1 said=$2
    shift 2
    row "$expected" "$said" ticket issue --user "$me" --service sshd "$@"
}

# --- Names
for who in "$(many 31 a)" "$(many 32 a)"; do
    row 0 "$who is refused" block "$who"
    row 0 "$who is no longer" unblock "$who"
    row 0 "All that was issued for $who" revoke user "$who"
    row 0 "for $who at sshd" ticket issue --user "$who" --service sshd
done
for verb in block unblock 'revoke user' 'ticket list --user' 'ticket issue --service sshd --user'; do
    # shellcheck disable=SC2086 # words
    row 2 'is no local user name' $verb "$(many 33 a)"
done
for who in '' -a 1a A 'a b' "a
b" 'ä' ..; do
    try block -- "$who"
    same "block '$(printf %s "$who" | tr '\n' '?')' is a mistake" 2 "$status"
done

# --- Times
span='from 1s to 366d'
for bad in 0 0s -1s 1.5h ' 1h' '' 1y 367d 9223372036854775807 9223372036854775808 9223372036854775807d \
    99999999999999999999999h; do
    issue 2 "$span" --lifetime "$bad"
    issue 2 "$span" --idle "$bad"
done
issue 0 'good until' --lifetime 1s
issue 0 'good until' --lifetime 366d
issue 0 'good until' --lifetime 1h --idle 366d # it ends by its lifetime
last=9999-12-31T23:59:59Z
row 0 "until $last" block dave --until "$last"
row 0 'is refused' revoke jti lab far --until "$last"
for bad in 10000-01-01T00:00:00Z 9999-12-31T23:59:59-00:01 9223372036854775807s 999999999d \
    1970-01-01T00:00:00Z 2026-02-30T00:00:00Z 2026-01-01T24:00:00Z 2026-01-01T00:00:00 -1 ''; do
    for verb in 'block dave --until' 'revoke jti lab far --until' 'revoke user dave --before' \
        'ticket list --expiring' 'ticket list --idle' 'audit --since'; do
        # shellcheck disable=SC2086 # words
        row 2 'is neither a span' $verb "$bad"
    done
done
row 2 'is not in the future' block dave --until 2001-01-01T00:00:00Z
row 2 'is in the future' revoke user dave --before "$last"
run 0 'the list' revoke list --json
json 'has the last instant' "map(select(.until == \"$last\")) | length == 2"

# --- Networks
for net in 0.0.0.0/0 ::/0 192.0.2.1 192.0.2.0/24 192.0.2.1/32 2001:db8::/32 ::1/128; do
    issue 0 'good until' --from "$net"
done
for bad in 192.0.2.1/24 192.0.2.0/33 ::1/129 ::1/64 192.0.2.0/ /24 192.0.2 192.0.2.0/-1 192.0.2.0/08 \
    192.0.2.0/024 ::ffff:192.0.2.1 fe80::1%lo localhost 192.0.2.0/24,192.0.3.0/24 ' ::1' ''; do
    issue 2 'expected an address or a network' --from "$bad"
done

# --- Notes, reasons and what is revoked
for verb in 'block erin --reason' 'revoke ticket 000000000000 --reason' 'revoke key lab k --reason'; do
    # shellcheck disable=SC2086 # words
    row 2 'at most 256 bytes' $verb "$(many 257)"
    # shellcheck disable=SC2086
    row 2 'one line of printable UTF-8' $verb "$(printf 'a\tb')"
    # shellcheck disable=SC2086
    row 2 'one line of printable UTF-8' $verb "$(printf '\033[2J')"
    # shellcheck disable=SC2086
    row 2 'one line of printable UTF-8' $verb "$(printf 'a\302\205')"
    # shellcheck disable=SC2086
    row 2 'one line of printable UTF-8' $verb "$(printf '\355\240\200')"
done
row 0 'is refused' block erin --reason "$(many 256 '"')"
row 0 'is refused' block erin --reason "$(many 62)für 𝕏"
issue 2 'at most 256 bytes' --note "$(many 257)"
issue 0 'good until' --note "$(many 256 "\\\\")"
row 0 'is refused' revoke jti lab "$(many 256 '"')" --reason "$(many 256 '"')"
row 0 'is refused' revoke subject lab "$(many 512 "\\\\")"
row 2 '1 to 256 bytes' revoke jti lab "$(many 257)"
row 2 '1 to 512 bytes' revoke subject lab "$(many 513)"
row 2 '1 to 256 bytes' revoke key lab ''
row 2 'no UTF-8' revoke jti lab "$(printf '\233[2J')"
row 2 '?[2J is no local user name' block "$(printf '\233[2J')"
# A token may have them.
row 0 'The token a?b?? of' revoke jti lab "$(printf 'a\033b\302\205')"
run 0 'on a terminal' revoke list
same 'no control character stays' 0 "$(LC_ALL=C tr -cd '\033\205\233' <"$box/out" | wc -c)"
shows 'they are question marks' 'a?b??'
for verb in 'revoke list' 'ticket list' audit 'login list'; do
    # shellcheck disable=SC2086 # words
    run 0 "$verb --json" $verb --json
    json 'is JSON' 'type == "array"'
done
run 0 'export' revoke export
cp "$box/out" "$box/lines"
json 'is lines of JSON' 'type == "object"'
run 0 'is imported where nothing changes' revoke import "$box/lines"
says 'nothing' ', 0 new or longer than before'

# --- Services of one ticket
row 0 'good until' ticket issue --user "$me" --service "$(services 15)"
row 2 'the names are too long together' ticket issue --user "$me" --service "$(services 16),sshd"
row 2 'is named twice' ticket issue --user "$me" --service sshd,sshd
row 1 'no section names service' ticket issue --user "$me" --service "$(many 65 s)"

# --- Many lines
i=0
while [ $((i += 1)) -le 2000 ]; do
    printf '{"kind":"jti","iss":"https://lab.example","value":"m%s","before":null,"created":"2026-01-01T00:00:00Z","until":null,"by":"root","reason":null}\n' "$i"
done >"$box/many"
row 0 '2000 read, 2000 new' revoke import "$box/many"
row 0 '2000 read, 0 new' revoke import "$box/many"
{
    cat "$box/many"
    many 8191 ' '
    echo '{}'
} >"$box/long"
row 1 'long:2001: longer than 8190 bytes' revoke import "$box/long"
sed -i 's/"m/"o/' "$box/long"
row 1 'nothing from this file was kept' revoke import "$box/long"
same 'and so it is' 0 "$(sql "SELECT count(*) FROM revocations WHERE value GLOB 'o*'")"
finish
