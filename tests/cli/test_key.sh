#!/bin/sh
# Are key sets made, merged, shown and taken apart as they must be? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
keys=$box/etc/keys private=$box/etc/private

run 0 'no keys yet' key list
says 'is said' 'No keys yet'
run 0 'key new' key new --issuer lab --kid first
same 'prints the kid alone' first "$(cat "$box/out")"
same 'the public file' 644 "$(stat -c %a "$keys/lab.jwks")"
same 'the private file' 600 "$(stat -c %a "$private/lab.jwks")"
! grep -q '"d"' "$keys/lab.jwks"
result 'no private part among the public' $?
grep -q '"d"' "$private/lab.jwks"
result 'the private part where it belongs' $?
run 0 'a second key, ES256' key new --issuer lab --alg ES256 --kid second
run 0 'a third, RS256, with its thumbprint for a name' key new --issuer lab --alg RS256
same 'of 43 characters' 43 "$(tr -d '\n' <"$box/out" | wc -c)"
run 0 'EdDSA is Ed25519' key new --issuer lab --alg EdDSA --kid fourth

run 1 'a kid that is there' key new --issuer lab --kid first
says 'its words' 'there is a key first already'
run 1 'an issuer that is not' key new --issuer labs
says 'its words' 'no section [issuer labs]'
says 'the one that was meant' 'did you mean lab?'
says 'and what to add' 'keys     = labs.jwks'
run 2 'an algorithm that is none' key new --issuer lab --alg ES265
says 'its words' 'did you mean ES256?'
run 1 'an algorithm that the issuer does not list' key new --issuer corp
says 'its words' 'do not list Ed25519'
says 'with file and line' "$conf:"
run 0 'control: one that it lists' key new --issuer corp --alg ES256 --kid first
run 2 'a kid with a blank' key new --issuer lab --kid 'a b'
run 2 'an empty kid' key new --issuer lab --kid ''

run 0 'key list' key list
same 'five keys and the titles' 6 "$(wc -l <"$box/out")"
run 0 'key list --json' key list --json
json 'is JSON' 'length == 5 and all(.[]; .usable and (.thumbprint | length == 43))'
json 'names issuer, kid, alg, kty, crv and file' \
    '.[1] | .issuer == "lab" and .kid == "second" and .alg == "ES256" and .kty == "EC" and .crv == "P-256" and (.file | endswith("/keys/lab.jwks"))'
run 0 'of one issuer' key list --issuer corp --json
json 'one key' 'length == 1'
run 1 'of an unknown issuer' key list --issuer crop

run 2 'a kid of two issuers' key show first
says 'its words' 'lab and corp have a key first: add --issuer'
run 0 'of one of them' key show first --issuer lab --json
json 'is the public JWK' '.kid == "first" and .crv == "Ed25519" and has("d") == false'
same 'on one line' 1 "$(wc -l <"$box/out")"
cp "$box/out" "$box/first.jwk"
run 1 'a kid that is not there' key show nobody
silent 'shows nothing'

run 0 'key remove' key remove first --issuer lab
run 1 'takes it away' key show first --issuer lab
! grep -q '"first"' "$private/lab.jwks"
result 'the private one too' $?
run 1 'key remove again' key remove first --issuer lab
run 0 'the other issuer'\''s is still there' key show first --issuer corp

input=$box/first.jwk
run 0 'key add - of one JWK' key add - --issuer lab
same 'prints its kid' first "$(cat "$box/out")"
run 1 'key add - again' key add - --issuer lab
says 'its words' 'there is a key first already'

# from SED: the next input is that JWK, changed.
from() { sed "$1" "$box/first.jwk" >"$box/input"; input=$box/input; }

from 's/"first"/"other"/'
run 0 'a key whose algorithm the issuer does not list is added' key add - --issuer corp
says 'with a warning' 'no login will use key other'
input=/dev/null
run 0 'and listed' key list --issuer corp
shows 'as skipped, with the reason' 'skipped: alg-not-listed'
input=$box/input
run 0 'from a file' key add "$box/input" --issuer lab
run 1 'a file that is not there' key add "$box/nothing" --issuer lab
says 'is named' "$box/nothing"

from 's/.*/{"keys":[&]}/; s/"first"/"in-a-set"/'
run 0 'a JWKS' key add - --issuer lab
from 's/"kid": *"first"/"kid":"twice"/; s/.*/{"keys":[&,&]}/'
run 1 'a JWKS with a kid twice' key add - --issuer lab
says 'its words' 'key 2 (kid twice)'
from 's/"kid": *"first"/"kid":"weak"/; s/"x": *"[^"]*"/"x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"/'
run 1 'a weak key' key add - --issuer lab
says 'its place' 'kid weak'
printf '{"kty":"oct","kid":"hmac","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I"}' >"$box/input"
run 1 'a symmetric key' key add - --issuer lab
! grep -q c2VjcmV0 "$box/err"
result 'its secret is not repeated' $?
input=$private/corp.jwks
run 1 'a private key' key add - --issuer lab
says 'what to do' 'public key only'
from 's/.*/{"keys":[&,{"kty":"oct","kid":"x","k":"AAAA"}]}/; s/"first"/"half"/'
run 1 'one bad key refuses the whole set' key add - --issuer lab
input=/dev/null
run 1 'the good one beside it is not installed' key show half --issuer lab

from 's/}$/,"kid":"again"}/'
run 1 'a member twice' key add - --issuer lab
from 's/$/ x/'
run 1 'bytes behind the JSON' key add - --issuer lab
echo '{"keys":[]}' >"$box/input"
run 1 'a set without a key' key add - --issuer lab
echo '{"jwks_uri":"https://lab.example/jwks"}' >"$box/input"
run 1 'a discovery document' key add - --issuer lab
says 'what to fetch' 'the set that its jwks_uri names'
echo 'ssh-rsa AAAA me@here' >"$box/input"
run 1 'an ssh key' key add - --issuer lab
says 'what makes PEM of one' 'ssh-keygen -e -m PKCS8'
echo '{"a":1}' >"$box/input"
run 1 'an object that is no key' key add - --issuer lab
: >"$box/input"
run 1 'nothing' key add - --issuer lab
head -c 1100000 /dev/zero >"$box/input"
run 1 'more than a megabyte' key add - --issuer lab
from 's/"kid": *"first"/"no":"kid"/'
run 0 'a key without a kid' key add - --issuer lab
run 1 'the same again' key add - --issuer lab
from 's/"first"/"control"/'
run 0 'control: one that differs in its kid alone' key add - --issuer lab
input=/dev/null

chmod 0666 "$keys/lab.jwks"
run 3 'a key set that others may write is not listed' key list
says 'its words' 'others may change'
shows 'the other issuer'\''s is' 'corp'
run 3 'nor changed' key remove control --issuer lab
chmod 0644 "$keys/lab.jwks"
run 0 'control: the mode set right' key list
chmod 0640 "$private/lab.jwks"
run 3 'a private set that others may read is not used' key new --issuer lab
chmod 0600 "$private/lab.jwks"
cp "$keys/lab.jwks" "$box/kept"
echo '{"keys":' >"$keys/lab.jwks"
run 3 'a key set that is cut off' key list
says 'is named' "$keys/lab.jwks"
cp "$box/kept" "$keys/lab.jwks"
mv "$private" "$private.away"
run 3 'no private/' key new --issuer lab --kid homeless
says 'what to do' 'pamjwt init'
mv "$private.away" "$private"
chmod 0750 "$private"
run 3 'private/ that others may read' key new --issuer lab --kid seen
says 'with its mode' 'private has mode 0750'
chmod 0700 "$private"
run 0 'control: the mode set right' key new --issuer lab --kid unseen

# Writers wait for one another: none of the keys made at once is lost.
for i in 1 2 3 4 5 6; do
    "$pamjwt" --config "$conf" key new --issuer lab --kid "many-$i" >"$box/many.$i" 2>&1 &
done
wait
same 'six keys made at once are all there' 6 "$(grep -c '"kid": "many-' "$keys/lab.jwks")"
same 'and so are their private halves' 6 "$(grep -c '"kid": "many-' "$private/lab.jwks")"
finish
