#!/bin/sh
# Are shared secrets kept apart: marked in the config, in a file of their own, shown to nobody? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
cat >>"$conf" <<END
[issuer shared]
iss = https://shared.example
keys = shared.jwks
audience = pam:box
hmac = yes
algorithms = HS384, HS256, HS512
END
file=$box/etc/keys/shared.jwks
secret() { jq -r ".keys[] | select(.kid == \"$1\") | .k" "$file"; }

run 0 'key new' key new --issuer shared --kid one
same 'prints the kid alone' one "$(cat "$box/out")"
says 'where it is' "$file"
same 'a file for root alone' 600 "$(stat -c %a "$file")"
[ ! -e "$box/etc/private/shared.jwks" ]
result 'no second file' $?
! grep -qF "$(secret one)" "$box/err" "$box/out"
result 'its secret is not said' $?
same '64 bytes' 86 "$(secret one | tr -d '\n' | wc -c)"
run 0 'HS512' key new --issuer shared --alg HS512 --kid two
run 0 'a name that says nothing' key new --issuer shared --alg HS256
same '128 random bits' 22 "$(tr -d '\n' <"$box/out" | wc -c)"
unnamed=$(cat "$box/out")
run 1 'a kid that is there' key new --issuer shared --kid one
run 1 'an algorithm that is not listed' key new --issuer shared --alg Ed25519
run 1 'a shared secret for another issuer' key new --issuer lab --alg HS256

run 0 'key list' key list --issuer shared --json
json 'lists them without a thumbprint' \
    'map(.alg) == ["HS384", "HS512", "HS256"] and all(.[]; .usable and .kty == "oct" and (.thumbprint // "") == "")'
json 'in that file' 'all(.[]; .file | endswith("/keys/shared.jwks"))'
run 0 'key show' key show one --issuer shared --json
json 'without the secret' '.kid == "one" and .kty == "oct" and has("k") == false'

for kid in one two "$unnamed"; do
    run 0 "a token signed with $kid" \
        token mint --issuer shared --sub "$me" --aud pam:box --kid "$kid"
    cp "$box/out" "$box/token"
    input=$box/token
    run 0 'a login would accept it' explain --service sshd
    input=/dev/null
done

# The file must be as secret as what it holds.
chmod 0644 "$file"
input=$box/token
run 1 'a file that others may read' explain --service sshd
shows 'refuses' 'keys-unsafe'
input=/dev/null
run 3 'and is not listed' key list --issuer shared
run 3 'nor signed with' token mint --issuer shared --sub a --aud pam:box
chmod 0600 "$file"
input=$box/token
run 0 'control: the mode set right' explain --service sshd

# Neither kind of key passes for the other.
input=/dev/null
try key new --issuer lab --kid public
run 0 'a public key' key show public --issuer lab --json
cp "$box/out" "$box/jwk"
run 1 'does not lie among secrets' key add "$box/jwk" --issuer shared
says 'its place' 'key 1 (kid public): kty OKP among shared secrets'
says 'what to do' 'only keys of kty oct'
openssl genpkey -algorithm ed25519 2>/dev/null | openssl pkey -pubout -out "$box/pub.pem" 2>/dev/null
run 1 'nor as PEM' key add "$box/pub.pem" --issuer shared
says 'its words' 'kty OKP among shared secrets'
key32=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
oct() { printf '{"kty":"oct","kid":"%s","alg":"%s","k":"%s"}' "$1" "$2" "$3" >"$box/oct"; }
oct given HS256 $key32
run 1 'a secret does not lie among public keys' key add "$box/oct" --issuer lab
says 'what to do' 'public key only'
run 0 'control: where it belongs' key add "$box/oct" --issuer shared
same 'and the file stays for root alone' 600 "$(stat -c %a "$file")"
oct long HS384 $key32
run 1 'a secret shorter than the hash' key add "$box/oct" --issuer shared
says 'its place' 'key 1 (kid long): k has 32 bytes, HS384 wants 48'
oct short HS256 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg
run 1 'one byte too few' key add "$box/oct" --issuer shared
says 'its words' 'k has 31 bytes, HS256 wants 32'

# A file that was mixed by hand refuses every login.
cp "$file" "$box/kept"
jq --slurpfile other "$box/jwk" '.keys += $other' "$box/kept" >"$file"
input=$box/token
run 1 'a public key beside the secrets' explain --service sshd
shows 'refuses' 'key-mixed'
cp "$box/kept" "$file"
run 0 'control: without it' explain --service sshd
input=/dev/null

run 0 'key remove' key remove "$unnamed" --issuer shared
says 'its words' 'removed shared key'
input=$box/token
run 1 'its tokens are refused' explain --service sshd
shows 'for that reason' 'kid-unknown'
input=/dev/null
run 1 'key remove again' key remove "$unnamed" --issuer shared

! grep -qF -e "$(secret one)" -e "$(secret two)" -e $key32 "$box/all.err"
result 'no shared secret on stderr in any of these runs' $?
finish
