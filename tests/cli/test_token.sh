#!/bin/sh
# Does `pamjwt token mint` sign what it was told to, and warn of what no login accepts? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
try key new --issuer lab --kid one

# part N: a segment of the minted token, decoded; jq sees it as the last output.
part() {
    cut -d. -f"$1" "$box/out" | tr -d '\n' | tr '_-' '/+' >"$box/segment"
    while [ $(($(wc -c <"$box/segment") % 4)) -ne 0 ]; do printf '=' >>"$box/segment"; done
    cp "$box/out" "$box/token"
    base64 -d <"$box/segment" >"$box/out"
}
mint() { try token mint --issuer lab --sub "$me" --aud pam:box "$@"; }

run 0 'token mint' token mint --issuer lab --sub "$me" --aud pam:box
[ ! -s "$box/err" ]
result 'no warning' $?
chmod 0640 "$box/out"
run 0 'into a file that others may read' token mint --issuer lab --sub "$me" --aud pam:box
says 'is warned of' 'warning: others may read the file that it went into'
chmod 0600 "$box/out"
same 'one line' 1 "$(wc -l <"$box/out")"
same 'of three segments' 2 "$(tr -cd . <"$box/out" | wc -c)"
part 1
json 'the header' '. == {"alg": "Ed25519", "typ": "at+jwt", "kid": "one"}'
input=$box/token
run 0 'a login would accept it' explain --service sshd
input=/dev/null
mint && part 2
json 'the claims' 'keys == ["aud", "exp", "iat", "iss", "jti", "sub"]'
json 'iss of the section, aud a string' '.iss == "https://lab.example" and .aud == "pam:box"'
json 'good for 15 minutes' '.exp - .iat == 900'
json 'issued now' '(now - .iat) | . >= 0 and . < 60'
json 'a jti of 128 bits' '.jti | length == 22'
first=$(cat "$box/out")
mint && part 2
[ "$first" != "$(cat "$box/out")" ]
result 'another one differs' $?

mint --aud other && part 2
json 'several aud are an array' '.aud == ["pam:box", "other"]'
mint --lifetime 90s && part 2
json '--lifetime' '.exp - .iat == 90'
mint --claim 'groups=["a","b"]' --claim admin=true --claim level=7 && part 2
json '--claim with values of each kind' \
    '.groups == ["a", "b"] and .admin == true and .level == 7'
mint --claim 'sub="other"' --claim exp=1 && part 2
json '--claim replaces' '.sub == "other" and .exp == 1'

run 0 'a lifetime over max_lifetime' \
    token mint --issuer lab --sub "$me" --aud pam:box --lifetime 91m
says 'is warned of' 'max_lifetime of [issuer lab] is 90m'
cp "$box/out" "$box/token"
input=$box/token
run 1 'and refused at a login' explain --service sshd
shows 'for that reason' 'refused: lifetime'
input=/dev/null
run 0 'an audience that is none of ours' token mint --issuer lab --sub "$me" --aud else
says 'is warned of' 'audience of [issuer lab] is pam:box'

try key new --issuer corp --alg ES256 --kid c
run 0 'a missing user claim' token mint --issuer corp --sub x --aud pam:box
says 'is warned of' "--claim 'preferred_username="
part 2
json 'a smaller max_lifetime is the lifetime' '.exp - .iat == 600'
run 0 'control: with that claim' token mint --issuer corp --sub x --aud pam:box \
    --claim "preferred_username=\"$me\""
[ ! -s "$box/err" ]
result 'no warning' $?
cp "$box/out" "$box/token"
input=$box/token
run 0 'a login would accept it' explain --service sshd
input=/dev/null

try key new --issuer lab --alg ES256 --kid two
mint && part 1
json 'the newest key signs' '.kid == "two" and .alg == "ES256"'
mint --kid one && part 1
json '--kid chooses' '.kid == "one" and .alg == "Ed25519"'
run 1 'a kid that is not there' token mint --issuer lab --sub a --aud pam:box --kid three
says 'its words' 'no private key three of issuer lab'
silent 'no token'
sed -i 's/"two"/"gone"/' "$box/etc/keys/lab.jwks"
run 0 'a key that logins do not know' token mint --issuer lab --sub a --aud pam:box
says 'is warned of' 'has no key two'

run 2 'a claim that is no JSON' token mint --issuer lab --sub a --aud b --claim name=word
says 'how to write it' "'name=\"word\"'"
run 2 'a claim without =' token mint --issuer lab --sub a --aud b --claim name
run 2 'a claim without a name' token mint --issuer lab --sub a --aud b --claim =1
run 2 'a value that ends the object' token mint --issuer lab --sub a --aud b --claim 'x=1,"y":2'
run 2 'a member twice in a value' token mint --issuer lab --sub a --aud b --claim 'x={"y":1,"y":2}'
run 0 'control: a member once' token mint --issuer lab --sub a --aud b --claim 'x={"y":1,"z":2}'
run 2 'no aud' token mint --issuer lab --sub a
run 2 'a lifetime that is none' token mint --issuer lab --sub a --aud b --lifetime 1w
run 2 'a lifetime of nothing' token mint --issuer lab --sub a --aud b --lifetime 0
run 1 'an issuer that is not there' token mint --issuer none --sub a --aud b
run 1 'claims that make it longer than 16 KiB' token mint --issuer lab --sub a --aud pam:box \
    --claim "a=\"$(head -c 9000 /dev/zero | tr '\0' a)\"" \
    --claim "b=\"$(head -c 9000 /dev/zero | tr '\0' b)\""
silent 'no token'
chmod 0644 "$box/etc/private/lab.jwks"
run 3 'a private set that others may read' token mint --issuer lab --sub a --aud pam:box
silent 'no token'
chmod 0600 "$box/etc/private/lab.jwks"
run 0 'control: the mode set right' token mint --issuer lab --sub a --aud pam:box
"$pamjwt" --config "$conf" token mint --issuer lab --sub a --aud pam:box >/dev/full 2>"$box/err"
same 'a full disk behind stdout' 3 $?
finish
