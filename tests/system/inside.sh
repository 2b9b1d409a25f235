#!/bin/bash
# What happens on the test machine? Sets it up, runs each test file, and joins their results.
#
#   inside.sh BUILD-DIR TEST...      started by run.sh, inside the overlay alone
set -eu
# shellcheck source=tests/system/machine.sh
. "$(dirname "$0")/machine.sh"
build=$1
shift

set_up() {
    mkdir -p "$box"
    machine_install "$build"
    machine_users alice bob
    machine_pam
    machine_syslog
    machine_ssh_keys
    machine_sudoers
    "$tree/tests/system/issuer.sh"
    # The most talkative level: what a log must not hold, it must not hold there either.
    machine_sshd sshd 'LogLevel DEBUG3'
    echo "$port" >"$box/port"
    machine_sshd sshd_password 'LogLevel DEBUG3' 'PasswordAuthentication yes' \
        'AuthenticationMethods any'
    echo "$port" >"$box/port_password"
}

trap 'machine_fail "line $LINENO of ${BASH_SOURCE[0]}"' ERR
set_up >&2
trap - ERR
count=0 failed=0
for test in "$@"; do
    name=$(basename "$test" .sh)
    planned=$(sed -n 's/^plan \([0-9]*\).*/\1/p' "$test")
    seen=0
    while IFS= read -r line; do
        case $line in
        'ok '* | 'not ok '*)
            count=$((count + 1)) seen=$((seen + 1))
            [ "${line#not }" = "$line" ] || failed=$((failed + 1))
            verdict=${line%%[0-9]*}
            printf '%s%d - %s: %s\n' "$verdict" "$count" "$name" "${line#*- }"
            ;;
        '1..'*) ;;
        *) printf '%s\n' "$line" ;;
        esac
    done < <("$test" </dev/null || printf '# %s ended with status %d\n' "$name" "$?")
    if [ "$seen" -ne "$planned" ]; then
        count=$((count + 1)) failed=$((failed + 1))
        printf 'not ok %d - %s: %d cases were planned, %d ran\n' "$count" "$name" "$planned" "$seen"
    fi
done
printf '1..%d\n' "$count"
[ "$failed" -eq 0 ]
