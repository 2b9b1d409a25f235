#!/bin/sh
# Are encrypted tokens opened by the right key for the right issuer, and refused otherwise? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
keys=$box/etc/keys private=$box/etc/private
sed -i 's/^iss = https:\/\/lab.example/&\ndecrypt = lab-dec.jwks/' "$conf"
try key new --issuer lab --kid sig-lab
try key new --issuer corp --alg ES256 --kid sig-corp

# mint WORD...: a token of lab into $box/token, the next input.
mint() {
    try token mint --issuer lab --sub "$me" --aud pam:box "$@" || return
    cp "$box/out" "$box/token"
    input=$box/token
}
refused() { # NAME REASON
    run 1 "$1" explain --service sshd
    shows "... as $2" "refused: $2:"
}

run 0 'key new --alg ECDH-ES' key new --issuer lab --alg ECDH-ES --kid dec
same 'prints the kid' dec "$(cat "$box/out")"
same 'goes to a file of mode 0600' 600 "$(stat -c %a "$private/lab-dec.jwks")"
! grep -q dec "$keys/lab.jwks" "$private/lab.jwks"
result 'and to no other' $?
run 1 'key new again' key new --issuer lab --alg ECDH-ES --kid dec
run 1 'an issuer without decrypt' key new --issuer corp --alg ECDH-ES
says 'its words' '[issuer corp] has no decrypt'
says 'what to add' 'decrypt = decrypt.jwks'
run 2 'a curve that is none' key new --issuer lab --alg ECDH-ES --crv P-521
run 2 'a curve for another kind' key new --issuer lab --alg A128KW --crv P-256
run 2 'a curve for a key that signs' key new --issuer lab --alg ES256 --crv P-256
run 2 'an algorithm that is none' key new --issuer lab --alg RSA1_5

run 0 'key show' key show dec --json
json 'the public half alone' '.crv == "P-256" and .use == "enc" and .alg == "ECDH-ES" and has("d") == false'
cp "$box/out" "$box/public.jwk"
run 0 'key list' key list --issuer lab --json
json 'has both' 'length == 2 and all(.[]; .usable) and (.[1] | .use == "enc" and .kid == "dec" and (.file | endswith("/private/lab-dec.jwks")))'

mint --encrypt-to dec
same 'five segments' 4 "$(tr -cd . <"$box/token" | wc -c)"
run 0 'explain opens it' explain --service sshd
shows 'the check is named' 'decryption'
shows 'with the key' 'kid dec, alg ECDH-ES'
shows 'the token inside is judged' 'kid sig-lab'
run 0 'and tells it to programs' explain --service sshd --json
json 'as accepted, for the user inside' '.accepted and .kid == "sig-lab" and (.checks | map(.check) | index("decryption"))'
mint --encrypt-to "$box/public.jwk"
run 0 'encrypted for a JWK in a file' explain --service sshd
mint
run 0 'a token that is not encrypted is accepted all the same' explain --service sshd

# Every kind of key, every enc.
for alg in ECDH-ES ECDH-ES+A128KW ECDH-ES+A256KW; do
    for crv in P-256 P-384 X25519; do
        try key new --issuer lab --alg "$alg" --crv "$crv" --kid "$alg-$crv"
        mint --encrypt-to "$alg-$crv"
        run 0 "$alg on $crv" explain --service sshd
    done
done
for alg in RSA-OAEP-256 A128KW A256KW dir A128GCM A256GCM A128CBC-HS256 A256CBC-HS512; do
    try key new --issuer lab --alg "$alg" --kid "k-$alg"
    mint --encrypt-to "k-$alg"
    run 0 "$alg" explain --service sshd
done
for enc in A128GCM A256GCM A128CBC-HS256 A256CBC-HS512; do
    mint --encrypt-to dec --enc "$enc"
    run 0 "with $enc" explain --service sshd
done
run 0 'all are listed' key list --issuer lab --json
json 'and usable' 'length == 19 and all(.[]; .usable)'
json 'a shared secret has no thumbprint' '.[] | select(.kid == "k-A128KW") | .thumbprint == null'
try status
shows 'status counts them' "18 usable of 18 keys: $private/lab-dec.jwks"
run 1 'a shared secret is not shown' key show k-A128KW
silent 'not a bit of it'
says 'its words' 'a shared secret'

run 2 'an enc that is none' token mint --issuer lab --sub a --aud pam:box --encrypt-to dec --enc A192GCM
silent 'no token'
run 2 'an enc that the key is not for' token mint --issuer lab --sub a --aud pam:box \
    --encrypt-to k-A128GCM --enc A256GCM
run 2 'an enc without a key' token mint --issuer lab --sub a --aud pam:box --enc A256GCM
run 1 'a key that is not there' token mint --issuer lab --sub a --aud pam:box --encrypt-to none
run 1 'a file that is not there' token mint --issuer lab --sub a --aud pam:box --encrypt-to ./none
run 1 'a key that signs' token mint --issuer lab --sub a --aud pam:box --encrypt-to "$keys/lab.jwks"
run 1 'an issuer without decrypt' token mint --issuer corp --sub a --aud pam:box --encrypt-to dec

# altered SED: the token with one segment changed.
altered() { sed "$1" "$box/token" >"$box/altered"; input=$box/altered; }
mint --encrypt-to dec
altered 's/\.[^.]*$/.AAAAAAAAAAAAAAAAAAAAAA/'
refused 'another tag' decrypt
altered 's/.$//'
refused 'a tag that is cut within a byte' base64url
altered 's/..$//'
refused 'a tag that is cut' decrypt
altered 's/\.[^.]\{4\}\([^.]*\)$/.\1/'
refused 'a shorter tag' decrypt
altered 's/\.\([^.]*\)\.\([^.]*\)$/.AAAA\1.\2/'
refused 'a longer ciphertext' decrypt
altered 's/\.\./.AAAA./'
refused 'an encrypted key where there is none' decrypt
altered 's/^[^.]*/eyJ9/'
refused 'another header' json
run 1 'why it failed is not told' explain --service sshd
altered 's/\.[^.]*$/.AAAAAAAAAAAAAAAAAAAAAA/'
run 1 'not even to programs' explain --service sshd --json
json 'no words' '.code == "decrypt" and .why == null and .authentic == false'
input=$box/token
run 0 'control: unaltered' explain --service sshd

mint --encrypt-to dec
run 0 'control: the service accepts tokens' explain --service sshd
run 1 'a service that takes tickets alone' explain --service sudo
shows 'refuses the kind' 'refused: kind-not-accepted'

# Whose key, whose token: lab and corp.
sed -i 's/^iss = https:\/\/corp.example/&\ndecrypt = corp-dec.jwks/' "$conf"
refused 'a set that the config names and that is not there' keys-unreadable
run 1 'a kid of another issuer' key new --issuer corp --alg ECDH-ES --kid dec
run 0 'a key of its own' key new --issuer corp --alg ECDH-ES --kid dec-corp
run 0 'control: the set is there' explain --service sshd
run 0 'its public half' key show dec-corp --json
cp "$box/out" "$box/corp.jwk"
mint --encrypt-to "$box/corp.jwk"
refused 'a token of lab for the key of corp' issuer-decrypt
shows 'the set is named' 'a key of corp-dec.jwks'
run 1 'for a service that accepts lab alone' explain --service web
shows 'the key of corp is unknown' 'refused: kid-unknown'
sed -i 's/^decrypt = corp-dec.jwks/decrypt = lab-dec.jwks/' "$conf"
mint --encrypt-to dec
run 0 'a set that two issuers share serves both' explain --service sshd
sed -i 's/^decrypt = lab-dec.jwks//' "$conf"
refused 'no decrypt at all' encrypted
sed -i 's/^iss = https:\/\/lab.example/&\ndecrypt = lab-dec.jwks/' "$conf"
run 0 'control: named again' explain --service sshd

# Without a kid: the only key, or none.
jq 'del(.kid)' "$box/public.jwk" >"$box/nameless.jwk"
mint --encrypt-to "$box/nameless.jwk"
refused 'no kid, and many keys' kid-missing
jq '{keys: [.keys[] | select(.kid == "dec")]}' "$private/lab-dec.jwks" >"$box/one"
cp -p "$private/lab-dec.jwks" "$box/kept"
cat "$box/one" >"$private/lab-dec.jwks"
run 0 'no kid, and one key' explain --service sshd
jq '{keys: [.keys[0], .keys[0]]}' "$box/one" >"$private/lab-dec.jwks"
mint --encrypt-to dec
refused 'a kid twice' kid-duplicate
run 0 'is listed' key list --issuer lab
shows 'as skipped' 'skipped: kid-duplicate'
jq '.keys[0].alg = "ECDH-ES+A128KW"' "$box/one" >"$private/lab-dec.jwks"
refused 'a key of another algorithm' alg-not-the-keys
jq '.keys[0].use = "sig"' "$box/one" >"$private/lab-dec.jwks"
refused 'a key that signs' key-unusable
jq 'del(.keys[0].alg)' "$box/one" >"$private/lab-dec.jwks"
refused 'a key that fits several algorithms' alg-not-pinned
jq 'del(.keys[0].d)' "$box/one" >"$private/lab-dec.jwks"
refused 'a key without its private half' key-malformed
echo '{"keys":' >"$private/lab-dec.jwks"
refused 'a set that is cut off' keys-malformed
cat "$box/kept" >"$private/lab-dec.jwks"
chmod 0640 "$private/lab-dec.jwks"
refused 'a set that others may read' keys-unsafe
run 3 'is not listed' key list
shows 'the other keys are' sig-lab
chmod 0600 "$private/lab-dec.jwks"
run 0 'control: the mode set right' explain --service sshd

sed -i 's/^decrypt = lab-dec.jwks/decrypt = lab.jwks/' "$conf"
run 3 'the file of the signing keys' explain --service sshd
shows 'is refused by the config' 'the file of its signing keys'
sed -i 's/^decrypt = lab.jwks/decrypt = lab-dec.jwks/' "$conf"

run 0 'key remove' key remove dec --issuer lab
says 'is said' 'removed decryption key dec'
refused 'its tokens from then on' kid-unknown
run 1 'key remove again' key remove dec --issuer lab
! grep -qE '"(k|d)":' "$box/all.err"
result 'no secret was told' $?
finish
