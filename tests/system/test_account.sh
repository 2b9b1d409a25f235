#!/bin/bash
# Does the account check bite in every arrangement: where auth ran in a child, in the same process,
# or not at all? What changes between the two is a module above ours, so the time is exact.
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 50
good=$tokens/ed25519.600
made=$box/made_account
config=/etc/pam_jwt/pam_jwt.conf
mkdir -p "$made"
cp -p "$config" "$made/config"
cc -shared -fPIC -o "$box/pam_switch.so" "$tree/tests/system/pam_switch.c" ||
    machine_fail 'pam_switch does not compile'

# Every way in, and where its auth phase runs: in a child of sshd, in its monitor, in sudo, in su.
ways=(by_ssh by_password by_sudo_askpass by_su_terminal)

# A line above ours in the account stack of that way's service.
between() { # WAY LINE
    sed -i "0,/^account .*pam_jwt/s||account required $2\n&|" "/etc/pam.d/$(service_of "$1")"
}

# Accepted at the prompt, refused at the account check, and nothing ran.
refused_at_account() { # REASON WAY USER-THERE FILE
    ! attempt "$2" alice "$4" && ! ran_as '(alice|bob|root)' &&
        logged accepted alice "$(service_of "$2")" ok &&
        new_log | grep -q "pam_jwt($(service_of "$2"):account): refused user=$3 .* reason=$1 "
}

# The account line of a login that went through.
account_says() { # SERVICE OUTCOME REASON
    new_log | grep -q "pam_jwt($1:account): $2 user=alice .* reason=$3 "
}

passes_account() { # WAY
    accepted "$1" alice "$good" && account_says "$(service_of "$1")" accepted ok
}

# shellcheck disable=SC2016 # for the script itself
printf '#!/bin/sh\nuntil [ "$(date +%%s)" -gt "$1" ]; do sleep 0.1; done\n' >"$box/until"
chmod 0755 "$box/until"
exec_line='pam_exec.so seteuid quiet'

for way in "${ways[@]}"; do
    ok "$way: the account check of a good login" passes_account "$way"

    between "$way" "$exec_line /usr/local/bin/pamjwt block alice"
    ok "$way: blocked after the prompt" refused_at_account user-blocked "$way" alice "$good"
    pamjwt unblock alice >"$box/said" 2>&1
    machine_pam
    ok "$way: unblocked, and good again" passes_account "$way"

    mint "$made/$way" ed25519 alice --claim "jti=\"$way\""
    between "$way" "$exec_line /usr/local/bin/pamjwt revoke jti ed25519 $way"
    ok "$way: the token is revoked after the prompt" \
        refused_at_account jti-revoked "$way" alice "$made/$way"
    machine_pam
    ok "$way: another token is not" passes_account "$way"

    ticket "$made/$way.ticket" alice "$(service_of "$way")"
    between "$way" "$exec_line /usr/local/bin/pamjwt revoke ticket $(ticket_id "$made/$way.ticket")"
    ok "$way: the ticket is revoked after the prompt" \
        refused_at_account ticket-revoked "$way" alice "$made/$way.ticket"
    machine_pam

    sed -i '/^iss .*ed25519/s/$/\nleeway = 0s/' "$config"
    ends=$(($(date +%s) + 8))
    mint "$made/$way.short" ed25519 alice --claim "exp=$ends"
    between "$way" "$exec_line $box/until $ends"
    ok "$way: the token expires after the prompt" \
        refused_at_account expired "$way" alice "$made/$way.short"
    machine_pam
    cp -p "$made/config" "$config"

    between "$way" "$box/pam_switch.so bob"
    ok "$way: another user after the prompt" refused_at_account user-changed "$way" bob "$good"
    machine_pam
    ok "$way: and good again" passes_account "$way"
done

# Public key: the auth phase of PAM is not called.
install -d -o alice -g alice -m 0700 "$box/home/alice/.ssh"
install -o alice -g alice -m 0600 "$box/root_key.pub" "$box/home/alice/.ssh/authorized_keys"

by_key() {
    mark_log
    ssh "${ssh_options[@]}" -o "IdentityFile=$box/root_key" -o PreferredAuthentications=publickey \
        -p "$port" alice@127.0.0.1 id -un >"$box/said" 2>&1 </dev/null && grep -qx alice "$box/said"
}

token_only() { # SECTION
    sed -i "s/^\[service $1\]/&\ntoken_only = yes/" "$config"
}

refused_by_key() { # REASON
    ! by_key && account_says sshd refused "$1"
}

ok 'a public key: not ours' by_key
ok '... and the log says so' account_says sshd passed not-ours
token_only sshd
ok 'a public key where token_only = yes' refused_by_key token-only
ok '... and a token there' passes_account by_ssh
cp -p "$made/config" "$config"

# sudo remembers: no auth phase, but account and session. carol's revocation outlasts this test.
machine_users carol
mint "$made/carol" ed25519 carol
sed -i 's/^Defaults .*/&\nDefaults:alice,carol timestamp_timeout=5, timestamp_type=global\ncarol ALL=(ALL:ALL) ALL/' \
    /etc/sudoers

never_remembered() {
    ! as alice sudo -n true 2>/dev/null
}

sudo_cached() { # USER
    mark_log
    as "$1" sudo -n id -un >"$box/said" 2>&1 && grep -qx root "$box/said" &&
        ! new_log | grep -q 'pam_jwt(sudo:auth)'
}

cached_refused() { # REASON USER
    ! sudo_cached "$2" && ! grep -qx root "$box/said" &&
        new_log | grep -q "pam_jwt(sudo:account): refused user=$2 .* reason=$1 "
}

ok 'sudo asks once' accepted by_sudo_askpass alice "$good"
ok 'sudo remembers: not ours' sudo_cached alice
ok '... and the log says so' account_says sudo passed not-ours
pamjwt block alice >/dev/null 2>&1
ok 'sudo remembers a blocked user' cached_refused user-blocked alice
pamjwt unblock alice >/dev/null 2>&1
ok 'unblocked, and sudo remembers again' sudo_cached alice
token_only sudo
ok 'sudo remembers, where token_only = yes' cached_refused token-only alice
cp -p "$made/config" "$config"
ok 'sudo asks carol once' accepted by_sudo_askpass carol "$made/carol"
ok 'and remembers her' sudo_cached carol
pamjwt revoke user carol >/dev/null 2>&1
ok 'sudo remembers a revoked user' cached_refused user-revoked carol
machine_sudoers
ok 'sudo asks each time: nothing is remembered' never_remembered
