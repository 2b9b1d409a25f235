#!/bin/bash
# How does a site bring a key of its own? A 2048-bit RSA key of openssl, as two JWKS files: with
# the 3072 bits that `pamjwt key new` makes, no token is as short as 600 characters.
#
#   rsa_key.sh KID PUBLIC-FILE PRIVATE-FILE
set -euo pipefail

# A number out of openssl's text, as base64url without padding (RFC 7518 section 2).
number() { # NAME
    awk -v name="$1:" '
        $1 == name { inside = 1; next }
        inside && /^ / { gsub(/[ :]/, ""); hex = hex $0; next }
        { inside = 0 }
        END { sub(/^00/, "", hex); print toupper(hex) }' "$text" |
        tr -d '\n' | basenc --base16 -d | basenc --base64url -w 0 | tr -d '='
}

text=$(mktemp)
trap 'rm -f "$text"' EXIT
openssl genrsa 2048 2>/dev/null | openssl rsa -noout -text >"$text" 2>/dev/null
public=$(printf '"kty":"RSA","alg":"RS256","use":"sig","kid":"%s","n":"%s","e":"AQAB"' "$1" \
    "$(number modulus)")
printf '{"keys":[{%s}]}\n' "$public" >"$2"
(
    umask 077
    printf '{"keys":[{%s,"d":"%s","p":"%s","q":"%s","dp":"%s","dq":"%s","qi":"%s"}]}\n' "$public" \
        "$(number privateExponent)" "$(number prime1)" "$(number prime2)" "$(number exponent1)" \
        "$(number exponent2)" "$(number coefficient)" >"$3"
)
