#!/bin/bash
# Does a revocation bite: at the next login, and between the steps of one?
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 34
good=$tokens/ed25519.600
made=$box/made_revoked
mkdir -p "$made"
for user in alice bob; do
    install -d -o "$user" -g "$user" -m 0700 "$box/home/$user/.ssh"
    install -o "$user" -g "$user" -m 0600 "$box/root_key.pub" "$box/home/$user/.ssh/authorized_keys"
done

helper() {
    pamjwt "$@" >"$box/said" 2>&1
}

by_key() { # USER
    mark_log
    ssh "${ssh_options[@]}" -o "IdentityFile=$box/root_key" -o PreferredAuthentications=publickey \
        -p "$port" "$1@127.0.0.1" id -un >"$box/said" 2>&1 </dev/null && grep -qx "$1" "$box/said"
}

key_refused() { # REASON USER
    ! by_key "$2" && new_log | grep -q "pam_jwt(sshd:account): refused user=$2 .* reason=$1 "
}

# One token by its jti.
mint "$made/one" ed25519 alice --claim 'jti="the-one"'
mint "$made/other" ed25519 alice --claim 'jti="the-other"'
ok 'a token before its jti is revoked' accepted by_ssh alice "$made/one"
ok 'revoke jti' helper revoke jti ed25519 the-one --reason 'lost laptop'
ok 'ssh refuses it' refused jti-revoked by_ssh alice "$made/one"
ok '... and says so' told revoked
ok 'sudo refuses it' refused jti-revoked by_sudo_askpass alice "$made/one"
ok 'su refuses it' refused jti-revoked by_su_terminal alice "$made/one"
ok 'another jti is not touched' accepted by_ssh alice "$made/other"

# One ticket.
ticket "$made/ticket" alice sshd,sudo
ok 'a ticket before it is revoked' accepted by_ssh alice "$made/ticket"
ok 'sudo with it' accepted by_sudo_askpass alice "$made/ticket"
ok 'revoke ticket' helper revoke ticket "$(ticket_id "$made/ticket")"
ok 'ssh refuses it' refused ticket-revoked by_ssh alice "$made/ticket"
ok 'sudo refuses it' refused ticket-revoked by_sudo_askpass alice "$made/ticket"
ok 'another ticket is not touched' accepted by_ssh alice "$tokens/ticket"

# A blocked user, by any road.
ok 'a key login before the block' by_key alice
ok 'block' helper block alice
ok 'a token is refused' refused user-blocked by_ssh alice "$good"
ok 'a ticket is refused' refused user-blocked by_sudo_askpass alice "$tokens/ticket"
ok 'a public key is refused' key_refused user-blocked alice
ok 'unblock' helper unblock alice
ok 'the token is good again' accepted by_ssh alice "$good"
ok 'the key is good again' by_key alice

# A user's everything, issued until then.
now=$(date +%s)
mint "$made/bob_old" ed25519 bob --claim "iat=$((now - 600))" --claim "exp=$((now + 600))"
mint "$made/bob_new" ed25519 bob
ok "bob's older token" accepted by_ssh bob "$made/bob_old"
ok 'revoke user, what was issued until five minutes ago' helper revoke user bob --before 5m
ok 'the older token is refused' refused user-revoked by_ssh bob "$made/bob_old"
ok 'the newer one is not' accepted by_ssh bob "$made/bob_new"
ok 'a login whose beginning is unknown is' key_refused user-revoked bob

# Between two steps of one login: a module before ours revokes, so the time is exact.
between() { # PHASE COMMAND
    printf '#!/bin/sh\nexec /usr/local/bin/pamjwt %s\n' "$2" >"$box/between"
    chmod 0755 "$box/between"
    sed -i "0,/^$1 /s||$1   required pam_exec.so quiet $box/between\n$1 |" /etc/pam.d/sshd
}

refused_between() { # PHASE REASON FILE
    ! attempt by_ssh alice "$3" && ! ran_as alice &&
        logged accepted alice sshd ok &&
        new_log | grep -q "pam_jwt(sshd:$1): refused user=alice .* reason=$2 "
}

between account 'block alice'
ok 'blocked after the prompt: the account check refuses' \
    refused_between account user-blocked "$good"
ok 'unblock' helper unblock alice
machine_pam
ok 'a good login works after it' accepted by_ssh alice "$good"

ticket "$made/late" alice sshd
between session "revoke ticket $(ticket_id "$made/late")"
ok 'revoked after the account check: no session' refused_between session ticket-revoked \
    "$made/late"
machine_pam
ok 'a good login works after it' accepted by_ssh alice "$good"

between session 'revoke jti ed25519 just-now'
mint "$made/just_now" ed25519 alice --claim 'jti="just-now"'
ok 'a token, revoked after the account check: no session' refused_between session jti-revoked \
    "$made/just_now"
machine_pam
ok 'a good login works after it' accepted by_ssh alice "$good"
ok '... by key as well' by_key alice
