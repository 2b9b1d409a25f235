#!/bin/bash
# Does a ticket that was exchanged for a token get through where the token's claims are required, by
# real ssh and sudo, and nowhere else?
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 26
made=$box/made_exchange
config=/etc/pam_jwt/pam_jwt.conf
mkdir -p "$made"
cp -p "$config" "$made/config"
sed -i '/^\[service sudo\]$/,/^$/s/^accept.*/accept = ticket\nissuers = ed25519\nrequire = groups=admins\nmax_auth_age = 1h/' \
    "$config"
now=$(date +%s)

exchange() { # FROM TO OPTION...
    pamjwt ticket exchange "${@:3}" <"$1" >"$2" 2>"$box/said"
}

not_exchanged() { # REASON FROM OPTION...
    ! exchange "$2" "$made/none" "${@:3}" && [ ! -s "$made/none" ] && grep -qF "$1" "$box/said"
}

renew() { # FROM TO
    pamjwt ticket renew <"$1" >"$2" 2>"$box/said"
}

not_renewed() { # FILE
    ! renew "$1" "$made/none" && [ ! -s "$made/none" ]
}

# One ssh login by the token, and in it sudo by the ticket.
sudo_behind_ssh() { # TOKEN TICKET
    mark_log
    PAMJWT_TOKEN_FILE=$1 pamjwt-askpass -- ssh "${ssh_options[@]}" -p "$port" \
        -o PreferredAuthentications=keyboard-interactive alice@127.0.0.1 \
        "PAMJWT_TICKET_FILE=$2 pamjwt-askpass -- sudo -A id -un" >"$box/said" 2>&1
    ran_as root && new_log | grep -q "pam_jwt(sshd:auth): accepted user=alice " &&
        new_log | grep -q "pam_jwt(sudo:auth): accepted user=alice .* id=$(ticket_id "$2") reason=ok "
}

# --- The token at the edge, the ticket behind it

mint "$made/token" ed25519 alice --claim 'groups=["admins"]' --claim "auth_time=$now" \
    --claim 'jti="edge"'
mint "$made/plain" ed25519 alice --claim 'groups=["users"]' --claim "auth_time=$now"
mint "$made/other" es256 alice --claim 'groups=["admins"]' --claim "auth_time=$now"
ticket "$made/admin" alice sudo

ok 'the token logs in by ssh' accepted by_ssh alice "$made/token"
ok 'sudo takes no tokens' refused kind-not-accepted by_sudo_askpass alice "$made/token"
ok 'it is exchanged for sudo' exchange "$made/token" "$made/ticket" --service sudo
ok 'the ticket gets through sudo, which requires its claims' \
    accepted by_sudo_askpass alice "$made/ticket"
ok 'and behind a login by the token' sudo_behind_ssh "$made/token" "$made/ticket"
ok 'it is for sudo alone' refused ticket-service by_ssh alice "$made/ticket"
ok 'and for alice alone' refused user-mismatch by_sudo_askpass bob "$made/ticket"
ok 'a token without the claim logs in by ssh' accepted by_ssh alice "$made/plain"
ok 'it is not exchanged' not_exchanged 'require at sudo' "$made/plain" --service sudo
ok 'a token of another issuer logs in by ssh' accepted by_ssh alice "$made/other"
ok 'it is not exchanged' not_exchanged 'issuer-not-accepted at sudo' "$made/other" --service sudo
ok 'where nothing is asked it is' exchange "$made/other" "$made/other.ticket" --service sshd
ok 'and gets in there' accepted by_ssh alice "$made/other.ticket"
ok 'a ticket of an administrator has no claims' refused require by_sudo_askpass alice "$made/admin"
sed -i 's/^require = groups=admins$/require = groups=wheel/' "$config"
ok 'what is required later is required of the ticket' \
    refused require by_sudo_askpass alice "$made/ticket"
sed -i 's/^require = groups=wheel$/require = groups=admins/' "$config"

# --- Renewal and revocation

ok 'the ticket is renewed' renew "$made/ticket" "$made/renewed"
ok '... the old one is refused' refused ticket-unknown by_sudo_askpass alice "$made/ticket"
ok '... the new one is not' accepted by_sudo_askpass alice "$made/renewed"
pamjwt revoke jti ed25519 edge >"$box/said" 2>&1
ok 'what ends the token ends the ticket' refused ticket-revoked by_sudo_askpass alice "$made/renewed"
ok '... and it makes no other' not_exchanged jti-revoked "$made/token" --service sudo

# --- Where from, and how long unused

ticket "$made/here" alice sshd,sudo --from 127.0.0.0/8
ticket "$made/there" alice sshd --from 192.0.2.0/24
ok 'a ticket for this network' accepted by_ssh alice "$made/here"
ok 'a ticket for another' refused ticket-from by_ssh alice "$made/there"
ok 'sudo comes from no address' refused ticket-from by_sudo_askpass alice "$made/here"
ticket "$made/patient" alice sshd --idle 1h
ticket "$made/idle" alice sshd --idle 1s
ok 'a ticket that may wait' accepted by_ssh alice "$made/patient"
until pamjwt explain --service sshd "$made/idle" 2>&1 | grep -q 'refused: ticket-idle'; do
    read -r -t 0.05 _ <> <(:) || true
done
ok 'one that waited too long' refused ticket-idle by_ssh alice "$made/idle"
ok 'is not renewed' not_renewed "$made/idle"
cp -p "$made/config" "$config"
