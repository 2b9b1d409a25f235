#!/bin/sh
# Do two administrators who revoke at the same instant both get what they were told? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one
rounds=20
queue=$box/etc/state/queue.lock
[ "$(id -u)" -eq 0 ] && ann=ann ben=ben || ann=$me ben=$me # only root is somebody else by sudo

# SIGALRM (bit 13) is caught: from then on it waits for the lock, or will in a moment.
armed() { mask=$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status") && [ $((0x$mask & 0x2000)) -ne 0 ]; }
all_armed() { for child; do armed "$child" || return 1; done; }

# both WORDS WORDS: the two runs, let go at one instant; their status in $first and $second.
# shellcheck disable=SC2086 # the words are words
both() {
    exec 9<"$queue"
    flock -x 9
    SUDO_USER=ann "$pamjwt" --config "$conf" $1 </dev/null >"$box/ann" 2>&1 9<&- &
    one=$!
    SUDO_USER=ben "$pamjwt" --config "$conf" $2 </dev/null >"$box/ben" 2>&1 9<&- &
    other=$!
    end=$(($(date +%s) + 10))
    until all_armed "$one" "$other" || [ "$(date +%s)" -ge "$end" ]; do :; done
    exec 9<&-
    wait "$one"; first=$?
    wait "$other"; second=$?
}

# wrong WORDS: of this round, in the test's own words.
wrong() { echo "# round $round: $*" >>"$box/wrong"; }
same_in_round() { [ "$2" = "$3" ] || wrong "$1: wanted $2, got $3"; }
acknowledged() {
    same_in_round 'both are acknowledged' '0 0' "$first $second"
    [ "$first $second" = '0 0' ] || cat "$box/ann" "$box/ben" >>"$box/wrong"
}
# audited WHO ACT OBJECT: exactly one row.
audited() {
    try audit --who "$1" --act "$2" --on "$3"
    same_in_round "rows of $2 $3 by $1" "${4:-1}" "$(grep -c "$2" "$box/out")"
}
audited_both() {
    if [ "$ann" = "$ben" ]; then
        audited "$ann" "$1" "$2" 2
    else
        audited "$ann" "$1" "$2"
        audited "$ben" "$1" "$2"
    fi
}
# rounds NAME FUNCTION: twenty of it, and nothing wrong in any.
play() {
    : >"$box/wrong"
    for round in $(seq "$rounds"); do "$2"; done
    cp "$box/wrong" "$box/err"
    [ ! -s "$box/wrong" ]
    result "$1" $?
}

issue() {
    try ticket issue --user "$me" --service sshd
    cp "$box/out" "$box/$1"
    id=$(sed -n 's/^ticket \([0-9A-Za-z]*\) for .*/\1/p' "$box/err")
}
mint() {
    try token mint --issuer lab --sub "$me" --aud pam:box --claim "jti=\"$1\""
    cp "$box/out" "$box/$1"
}
# judged CODE FILE: what a login would get.
judged() {
    input=$box/$2
    try explain --service sshd
    input=/dev/null
    grep -qF ": $1: " "$box/out" || wrong "$2: wanted $1, got $(tail -n 1 "$box/out")"
}

same_ticket() {
    issue ticket
    judged ok ticket
    both "revoke ticket $id" "revoke ticket $id"
    acknowledged
    audited_both 'revoke ticket' "$id"
    judged ticket-revoked ticket
}
two_tickets() {
    issue one && one_id=$id
    issue two && two_id=$id
    both "revoke ticket $one_id" "revoke ticket $two_id"
    acknowledged
    audited "$ann" 'revoke ticket' "$one_id"
    audited "$ben" 'revoke ticket' "$two_id"
    judged ticket-revoked one
    judged ticket-revoked two
}
same_token() {
    mint "same-$round"
    judged ok "same-$round"
    both "revoke jti lab same-$round" "revoke jti lab same-$round"
    acknowledged
    audited_both 'revoke jti' "same-$round"
    judged jti-revoked "same-$round"
}
ticket_and_token() {
    issue ticket
    mint "other-$round"
    both "revoke ticket $id" "revoke jti lab other-$round"
    acknowledged
    audited "$ann" 'revoke ticket' "$id"
    audited "$ben" 'revoke jti' "other-$round"
    judged ticket-revoked ticket
    judged jti-revoked "other-$round"
}
same_user() {
    issue ticket
    both "revoke user $me --reason round-$round" "revoke user $me --reason round-$round"
    acknowledged
    try audit --act 'revoke user'
    same_in_round 'rows of audit' 2 "$(grep -c "round-$round\$" "$box/out")"
    judged ticket-revoked ticket
}
# What one takes back is not there for the other, who is told so: either order is right.
same_undo() {
    try revoke jti lab "undo-$round"
    try revoke list
    revocation=$(awk -v jti="undo-$round" '$4 == jti { print $1 }' "$box/out")
    both "revoke undo $revocation" "revoke undo $revocation"
    case "$first $second" in
    '0 1' | '1 0') ;;
    *) wrong "one of them undoes it: $first $second" ;;
    esac
    try revoke list
    same_in_round 'left in the list' 0 "$(grep -c "undo-$round " "$box/out")"
    try audit --act 'revoke undo'
    same_in_round 'rows of audit' "$round" "$(grep -c 'revoke undo' "$box/out")"
}
# One who revokes and one who takes back: both are done, in either order, and the list agrees.
revoke_and_undo() {
    mint "torn-$round"
    try revoke jti lab "torn-$round"
    try revoke list
    revocation=$(awk -v jti="torn-$round" '$4 == jti { print $1 }' "$box/out")
    both "revoke jti lab torn-$round" "revoke undo $revocation"
    acknowledged
    try revoke list
    if grep -q "torn-$round " "$box/out"; then
        judged jti-revoked "torn-$round"
    else
        judged ok "torn-$round"
    fi
}
block_and_revoke() {
    issue ticket
    both "block $me" "revoke ticket $id"
    acknowledged
    audited "$ben" 'revoke ticket' "$id"
    judged ticket-revoked ticket
    issue ticket
    judged user-blocked ticket
    try unblock "$me"
    judged ok ticket
}

play 'two tickets at once: 20 rounds, both acknowledged, audited, and both bite' two_tickets
play 'one ticket by both' same_ticket
play 'one token by both' same_token
play 'a ticket and a token' ticket_and_token
play 'a block and a ticket' block_and_revoke
play 'one undone by both: done once, and the other is told' same_undo
play 'one revoked and undone at once: either, and nothing in between' revoke_and_undo
play 'one user by both' same_user # the last: it ends all that was issued before
try status --verify
shows 'the session file is whole' 'ok store whole'
finish
