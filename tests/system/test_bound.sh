#!/bin/bash
# Is a stolen token worthless without the ssh key that it is bound to? And one that is spent?
set -u
# shellcheck source=tests/system/tap.sh
. "$(dirname "$0")/tap.sh"
plan 34
made=$box/made_bound
keys=$made/keys
certs=$made/certs
mkdir -p "$keys" "$certs"

# Every kind of key, and a certificate for each of them in another folder: ssh would find it.
ssh-keygen -q -t ed25519 -N '' -f "$made/ca"
for kind in ed25519 ecdsa.256 ecdsa.384 ecdsa.521 rsa.3072; do
    # shellcheck disable=SC2046 # no bits for ed25519
    ssh-keygen -q -t "${kind%.*}" $([ "${kind#*.}" = "$kind" ] || echo "-b ${kind#*.}") -N '' \
        -f "$keys/$kind"
    cp "$keys/$kind" "$keys/$kind.pub" "$certs"
    ssh-keygen -q -s "$made/ca" -I test -n alice "$certs/$kind.pub"
done
authorized=$box/home/alice/.ssh/authorized_keys
install -d -o alice -g alice -m 0700 "$box/home/alice/.ssh"
rm -f "$authorized"

# Issuers of their own: one whose tokens must be bound, one whose tokens log in once.
install -d -m 0755 /etc/pam_jwt/conf.d
for issuer in bound once; do
    printf '[issuer %s]\niss = https://%s.example.com\nkeys = %s.jwks\naudience = %s\n%s\n' \
        "$issuer" "$issuer" "$issuer" "$audience" \
        "$([ "$issuer" = bound ] && echo 'bind_key = required' || echo 'one_time = yes')" \
        >"/etc/pam_jwt/conf.d/$issuer.conf"
    chmod 0644 "/etc/pam_jwt/conf.d/$issuer.conf"
    pamjwt key new --issuer "$issuer" >/dev/null 2>&1
done

either=$port
machine_sshd bound 'AuthenticationMethods publickey,keyboard-interactive:pam' \
    "TrustedUserCAKeys $made/ca.pub" 'LogLevel DEBUG3'
both=$port both_pid=$sshd_pid
machine_sshd unbound 'AuthenticationMethods keyboard-interactive:pam' \
    'AcceptEnv SSH_AUTH_INFO_0' 'LogLevel DEBUG3'
alone=$port alone_pid=$sshd_pid
port=$both

by_ssh_key() { # USER TOKEN, behind the key in $key
    PAMJWT_TOKEN_FILE=$2 pamjwt-askpass -- ssh "${ssh_options[@]}" -o "IdentityFile=$key" \
        -p "$port" -o PreferredAuthentications=publickey,keyboard-interactive \
        "$1@127.0.0.1" id -un
}

is_read() {
    PAMJWT_TOKEN_FILE=$made/ed25519 pamjwt-askpass -- ssh "${ssh_options[@]}" \
        -o "IdentityFile=$key" -p "$port" alice@127.0.0.1 printenv PROOF >"$box/said" 2>&1 &&
        grep -qx read "$box/said"
}

# What a thief's client may say of itself.
by_ssh_env() {
    PAMJWT_TOKEN_FILE=$2 pamjwt-askpass -- ssh "${ssh_options[@]}" -p "$port" \
        -o "SetEnv=SSH_AUTH_INFO_0=\"publickey $(cut -d ' ' -f 1,2 "$keys/ed25519.pub")\"" \
        -o PreferredAuthentications=keyboard-interactive "$1@127.0.0.1" id -un
}

# No key is authorized yet: only a certificate opens.
for kind in ed25519 ecdsa.256 ecdsa.384 ecdsa.521 rsa.3072; do
    mint "$made/$kind" bound alice --ssh-key "$keys/$kind.pub"
    key=$certs/$kind
    ok "$kind: the key in a certificate" accepted by_ssh_key alice "$made/$kind"
done
cat "$keys"/*.pub >"$authorized"
chown alice: "$authorized"
for kind in ed25519 ecdsa.256 ecdsa.384 ecdsa.521 rsa.3072; do
    key=$keys/$kind
    ok "$kind: the key and its token" accepted by_ssh_key alice "$made/$kind"
    key=$keys/ed25519
    [ "$kind" != ed25519 ] || key=$keys/rsa.3072
    ok "$kind: the token behind another key" refused cnf-other-key by_ssh_key alice "$made/$kind"
done
ok '... and says so' told 'bound to another key'

# The key whole in the token, as issuers write it.
url() { basenc --base64url -w 0 | tr -d =; }
ssh-keygen -e -m PKCS8 -f "$keys/ecdsa.256.pub" | openssl pkey -pubin -outform DER |
    tail -c 64 >"$made/point"
x=$(head -c 32 "$made/point" | url) y=$(tail -c 32 "$made/point" | url)
mint "$made/jwk" bound alice \
    --claim "cnf={\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"$x\",\"y\":\"$y\"}}"
key=$keys/ed25519
ok 'a token with the key whole, behind another key' refused cnf-other-key by_ssh_key alice \
    "$made/jwk"
key=$keys/ecdsa.256
ok '... and behind its own' accepted by_ssh_key alice "$made/jwk"

# A token that is not bound.
mint "$made/free" bound alice
key=$keys/ed25519
ok 'bind_key = required: a token that is not bound' refused cnf-missing by_ssh_key alice \
    "$made/free"
ok 'if-present: a token that is not bound' accepted by_ssh_key alice "$tokens/ed25519.600"
mint "$made/present" ed25519 alice --ssh-key "$keys/rsa.3072.pub"
ok 'if-present: a bound token behind another key' refused cnf-other-key by_ssh_key alice \
    "$made/present"
key=$keys/rsa.3072
ok '... and behind its own' accepted by_ssh_key alice "$made/present"

# Unproved: the token alone.
port=$alone
ok 'keyboard-interactive alone' refused cnf-unproved by_ssh alice "$made/ed25519"
ok 'a client that sets the variable' refused cnf-unproved by_ssh_env alice "$made/ed25519"
port=$either
ok 'where either will do' refused cnf-unproved by_ssh alice "$made/ed25519"
ok 'by sudo' refused cnf-unproved by_sudo_askpass alice "$made/ed25519"

# A file of the user's own, read by pam_env before us and after us.
printf 'PROOF DEFAULT=read\nSSH_AUTH_INFO_0 DEFAULT="publickey %s"\n' "$(cut -d ' ' -f 1,2 "$keys/ed25519.pub")" \
    >"$box/home/alice/.pam_environment"
chown alice: "$box/home/alice/.pam_environment"
sed -i '0,/^auth /s||auth required pam_env.so user_readenv=1\nauth |; s|pam_env.so$|& user_readenv=1|' \
    /etc/pam.d/sshd
port=$alone
ok 'a ~/.pam_environment that sets it' refused cnf-unproved by_ssh alice "$made/ed25519"
port=$both key=$keys/ed25519
ok '... which is read' is_read
key=$keys/rsa.3072
ok '... does not help behind another key' refused cnf-other-key by_ssh_key alice "$made/ed25519"
machine_pam
rm -f "$box/home/alice/.pam_environment"

# Spent by its first login, everywhere.
port=$either
mint "$made/once" once alice
ok 'a token that is good once' accepted by_ssh alice "$made/once"
ok '... not twice' refused replayed by_ssh alice "$made/once"
ok '... nor by sudo' refused replayed by_sudo_askpass alice "$made/once"
ticket "$made/ticket" alice sshd,sudo --one-time
ok 'a ticket that is good once' accepted by_sudo_askpass alice "$made/ticket"
ok '... not twice' refused ticket-spent by_ssh alice "$made/ticket"

kill "$both_pid" "$alone_pid"
rm -f /etc/pam_jwt/conf.d/bound.conf /etc/pam_jwt/conf.d/once.conf
rm -f "$authorized"
