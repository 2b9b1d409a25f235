#!/bin/bash
# Who issues the tokens on the test machine, and what is accepted there? Run by inside.sh.
set -eu
# shellcheck source=tests/system/machine.sh
. "$(dirname "$0")/machine.sh"
# shellcheck source=tests/system/tokens.sh
. "$(dirname "$0")/tokens.sh"

issuer() { # SECTION ALGORITHM
    cat <<END
[issuer $1]
iss        = https://$1.example.com
keys       = $1.jwks
algorithms = $2
audience   = $audience
type       = at+jwt, JWT
user       = sub

END
}

config() {
    issuer ed25519 Ed25519
    issuer es256 ES256
    issuer rs256 RS256
    cat <<'END'
[service sshd]
accept = jwt, ticket

[service sudo]
accept = jwt, ticket

[service sudo-i]
accept = ticket

[service su su-l]
accept = jwt, ticket

[service ftp]
accept = ticket
END
}

make_key() { # SECTION ALGORITHM KID
    if [ "$2" = RS256 ]; then
        "$tree/tests/system/rsa_key.sh" "$3" "/etc/pam_jwt/keys/$1.jwks" \
            "/etc/pam_jwt/private/$1.jwks"
    else
        pamjwt key new --issuer "$1" --alg "$2" --kid "$3" >/dev/null
    fi
}

# The header's length must leave every wanted length of token within reach of base64url: a
# multiple of three bytes does. The kid makes up for the rest.
new_key() { # SECTION ALGORITHM
    local kid header
    for kid in "$1" "${1}0" "${1}00"; do
        make_key "$1" "$2" "$kid"
        mint "$box/probe" "$1" alice
        header=$(cut -d . -f 1 "$box/probe")
        [ $((${#header} % 4)) -ne 0 ] || return 0
        pamjwt key remove --issuer "$1" "$kid" >/dev/null
    done
    machine_fail "no kid gives a header of the right length for $1"
}

pamjwt init >/dev/null
config >/etc/pam_jwt/pam_jwt.conf
chmod 0644 /etc/pam_jwt/pam_jwt.conf
new_key ed25519 Ed25519
new_key es256 ES256
new_key rs256 RS256
mkdir -p "$tokens"
for issuer in ed25519 es256 rs256; do
    for length in 600 1100 3000; do
        mint_exact "$tokens/$issuer.$length" "$issuer" alice "$length"
    done
done
ticket "$tokens/ticket" alice sshd,sudo,sudo-i,su,su-l
cat >"$box/whole" <<'END'
#!/bin/sh
exec cat "$WHOLE"
END
chmod 0755 "$box/whole"
