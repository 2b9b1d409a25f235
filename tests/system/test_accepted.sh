#!/bin/bash
# Does every way in admit every kind of credential, at every length?
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 78

for way in by_ssh by_ssh_terminal by_sudo_askpass by_sudo_stdin by_sudo_terminal by_su_terminal; do
    for issuer in ed25519 es256 rs256; do
        for length in 600 1100 3000; do
            ok "$way: $issuer, $length characters in parts" \
                accepted "$way" alice "$tokens/$issuer.$length"
        done
    done
    ok "$way: a ticket" accepted "$way" alice "$tokens/ticket"
done

# What fits one prompt may be typed at one prompt.
for way in by_password by_ssh_whole by_ssh_terminal_whole by_su_terminal_whole; do
    for issuer in ed25519 es256 rs256; do
        ok "$way: $issuer, 600 characters whole" accepted "$way" alice "$tokens/$issuer.600"
    done
    ok "$way: a ticket" accepted "$way" alice "$tokens/ticket"
done
ok 'su -, another service name' accepted by_su_l_terminal alice "$tokens/ticket"
ok 'sudo -A by sudo.conf' accepted by_sudo_conf alice "$tokens/rs256.1100"
rm -f /etc/sudo.conf
