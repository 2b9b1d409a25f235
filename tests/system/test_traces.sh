#!/bin/bash
# What is left when all logins are over? No token in a log, no process of ours. Runs last.
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 9
mark_log
logs=("$syslog_file" "$box/sshd.log" "$box/sshd_password.log")

# Pieces of 24 characters of every credential in use, beyond the headers that all share.
pieces() {
    local file text at
    find "$tokens" "$box"/made* -type f | while IFS= read -r file; do
        text=$(tr -d '\n' <"$file")
        case $text in
        pjt1_*) printf '%s\n' "${text:17:24}" ;;
        eyJ*)
            for ((at = 200; at + 24 < ${#text}; at += 150)); do printf '%s\n' "${text:at:24}"; done
            ;;
        esac
    done
}

holds_a_piece() { # FILE...
    grep -q -F -f "$box/pieces" "$@"
}

holds_none() {
    ! holds_a_piece "$@"
}

# The logs of the most talkative sshd, one line a decision in ours.
pieces | sort -u >"$box/pieces"
cat "${logs[@]}" "$tokens/rs256.1100" >"$box/planted"
ok 'many pieces of credentials to look for' [ "$(wc -l <"$box/pieces")" -gt 50 ]
ok 'the search finds a planted token' holds_a_piece "$box/planted"
ok 'the logs have something to say' grep -q 'debug3' "$box/sshd.log"
for log in "${logs[@]}"; do
    ok "no piece of a credential in $(basename "$log")" holds_none "$log"
done

# Every process there is: pid, name, state, parent.
processes() {
    sed -n 's/^\([0-9]*\) (\(.*\)) \([A-Z]\) \([0-9]*\) .*/\1 \2 \3 \4/p' \
        /proc/[0-9]*/stat 2>/dev/null
}

none_like() { # PATTERN
    ! processes | grep -E "$1"
}

# Logins end a moment after their clients do.
in_the_end() { # COMMAND...
    local deadline=$((SECONDS + 20))
    until "$@" >/dev/null; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
    done
}

ok 'sshd has no login left' in_the_end none_like \
    "^[0-9]+ sshd [A-Z] ($(cat "$box/sshd.pid")|$(cat "$box/sshd_password.pid"))$"
ok 'no judge, sudo or su is left' in_the_end none_like '^[0-9]+ (pamjwt.*|sudo|su) '
ok 'no zombie is left' in_the_end none_like ' Z [0-9]+$'
