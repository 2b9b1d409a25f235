#!/bin/bash
# Does the judge obey the administrator's openssl.cnf, although it starts OpenSSL without what it does not need?
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 6
good=$tokens/ed25519.600
cnf=$(openssl version -d | sed 's/.*"\(.*\)"/\1/')/openssl.cnf
cat "$cnf" >"$box/openssl.cnf.before" # it may be a link

# Nothing implements this property, so nothing can be fetched. sshd would not start under it: sudo does.
forbid() {
    printf '%s\n' 'openssl_conf = init' '[init]' 'alg_section = algorithms' '[algorithms]' \
        'default_properties = fips=yes' >"$cnf"
}

ok 'the control: sudo with a token' accepted by_sudo_askpass alice "$good"
forbid
ok 'under a policy that allows no algorithm the token is refused' \
    bash -c '! openssl dgst -sha256 /etc/passwd >/dev/null 2>&1'
! attempt by_sudo_askpass alice "$good"
ok '... nobody becomes root' bash -c "! grep -qx root '$box/said'"
ok '... the log has a refusal' bash -c "$(declare -f new_log); box=$box syslog_file=$syslog_file log_mark=$log_mark; new_log | grep -q 'pam_jwt(sudo:auth): refused user=alice '"
cat "$box/openssl.cnf.before" >"$cnf"
ok 'with the old file it is accepted again' accepted by_sudo_askpass alice "$good"
ok '... and a good login by ssh' accepted by_ssh alice "$good"
