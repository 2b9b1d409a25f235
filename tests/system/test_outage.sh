#!/bin/bash
# What if a part of us is missing? Nobody gets in by us, the log says why, and root's key still
# opens the door.
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 25
good=$tokens/ed25519.600
judge=$(find / -xdev -name pamjwt-verify -path '*/pam_jwt/*' -not -path "$tree/*" -print -quit)
config=/etc/pam_jwt/pam_jwt.conf

root_by_key() {
    ssh "${ssh_options[@]}" -o "IdentityFile=$box/root_key" -o PreferredAuthentications=publickey \
        -p "$port" root@127.0.0.1 id -un >"$box/said" 2>&1 </dev/null && grep -qx root "$box/said"
}

# Without that file, and with it again.
without() { # NAME FILE REASON
    mv "$2" "$2.away"
    outage "$1" "$3"
    mv "$2.away" "$2"
    ok "$1: mended, and good again" accepted by_ssh alice "$good"
}

outage() { # NAME REASON
    ok "$1: a good token is refused" refused "$2" by_ssh alice "$good"
    ok "$1: root's key opens" root_by_key
}

ok 'the control: everything in its place' accepted by_ssh alice "$good"
without 'no config' "$config" config-missing
without 'no judge' "$judge" judge-start
without 'no session file' /var/lib/pam_jwt/sessions.db store-missing
without 'no key set' /etc/pam_jwt/keys/ed25519.jwks keys-unreadable

cp -p "$config" "$box/config"
echo 'leway = 3' >>"$config"
outage 'an unknown option' config
chmod 0666 "$config"
ok 'a config that others may write: a good token is refused' refused config-unsafe by_ssh alice \
    "$good"
cp -p "$box/config" "$config"
sed -i 's/^\[service sshd\]/[service other]/' "$config"
outage 'a service without a section' service
cp -p "$box/config" "$config"
ok 'mended, and good again' accepted by_ssh alice "$good"

printf '#!/bin/sh\nexit 0\n' >"$box/mute"
mv "$judge" "$judge.away"
install -m 0755 "$box/mute" "$judge"
outage 'a judge that ends without a word' judge-silent
printf '#!/bin/sh\nexec sleep 1000\n' >"$box/mute"
install -m 0755 "$box/mute" "$judge"
outage 'a judge that says nothing' judge-late
mv "$judge.away" "$judge"
ok 'the judge again' accepted by_ssh alice "$good"
ok 'and sudo' accepted by_sudo_askpass alice "$good"
