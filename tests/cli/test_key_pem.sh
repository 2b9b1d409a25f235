#!/bin/sh
# Does `pamjwt key add` take a public key in PEM, and say how to get one from anything else? (TAP)
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh gives and takes these variables
. "$(dirname "$0")/support.sh"
set_up
cat >>"$conf" <<END
[issuer many]
iss = https://many.example
keys = many.jwks
audience = pam:box
algorithms = Ed25519, Ed448, ES256, ES384, ES512, ES256K, RS256, PS256
END
pem=$box/pem
mkdir "$pem"

# gen NAME WORD...: a private key, and its public half in NAME.pub
gen() {
    name=$1
    shift
    openssl genpkey -quiet -out "$pem/$name.key" "$@" 2>/dev/null ||
        openssl genpkey -out "$pem/$name.key" "$@" 2>/dev/null
    openssl pkey -in "$pem/$name.key" -pubout -out "$pem/$name.pub" 2>/dev/null
}
gen ed25519 -algorithm ed25519
gen ed448 -algorithm ed448
gen p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
gen p384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
gen p521 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
gen k1 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
gen rsa -algorithm RSA -pkeyopt rsa_keygen_bits:2048

# Each kind, under the algorithm that its curve implies.
while read -r curve alg kty; do
    run 0 "PEM of $curve" key add "$pem/$curve.pub" --issuer many --kid "$curve"
    same 'prints its kid' "$curve" "$(cat "$box/out")"
    run 0 'and is shown' key show "$curve" --issuer many --json
    json 'as what it is' ".alg == \"$alg\" and .kty == \"$kty\" and .use == \"sig\" and has(\"d\") == false"
done <<END
ed25519 Ed25519 OKP
ed448 Ed448 OKP
p256 ES256 EC
p384 ES384 EC
p521 ES512 EC
k1 ES256K EC
END
run 0 'all of them can be used' key list --issuer many --json
json 'by a login' 'length == 6 and all(.[]; .usable)'

# The same key by another way: what a signer of ours would write.
run 0 'the thumbprint is the kid' key add "$pem/ed25519.pub" --issuer lab
kid=$(cat "$box/out")
run 0 'as key list says' key list --issuer lab --json
json 'it' ".[0].thumbprint == \"$kid\" and .[0].kid == \"$kid\""

run 2 'an RSA key that fits two algorithms' key add "$pem/rsa.pub" --issuer many
says 'what to do' 'choose with --alg'
run 0 'with --alg' key add "$pem/rsa.pub" --issuer many --alg PS256 --kid rsa-ps
run 0 'where the issuer lists one' key add "$pem/rsa.pub" --issuer lab --kid rsa
run 0 'it takes that' key show rsa --issuer lab --json
json 'RS256' '.alg == "RS256" and .e == "AQAB"'
input=$pem/p256.pub
run 0 'PEM on stdin' key add - --issuer corp --kid stdin
input=/dev/null
run 1 'an --alg of another kind of key' key add "$pem/p256.pub" --issuer many --alg RS256 --kid x
run 2 'an --alg that is none' key add "$pem/p256.pub" --issuer many --alg ES265
says 'its words' 'did you mean ES256?'
run 2 'a --kid with a blank' key add "$pem/p256.pub" --issuer many --kid 'a b'
run 1 'a kid that is there' key add "$pem/p256.pub" --issuer many --kid ed25519
run 0 'an algorithm that the issuer does not list' key add "$pem/p384.pub" --issuer corp --kid p384
says 'is warned of' 'no login will use key p384'
try key show rsa --issuer lab --json
cp "$box/out" "$box/jwk"
run 2 '--kid for a JWK' key add "$box/jwk" --issuer many --kid other
says 'its words' 'for PEM'

# What is no public key comes with the command that makes one of it, and that command works.
refused() { # NAME FILE WORDS COMMAND
    run 1 "$1" key add "$2" --issuer many --kid refused
    says 'its words' "$3"
    says 'what to run' "$4"
}
refused 'a private key' "$pem/p256.key" 'a private key' 'openssl pkey -in'
! grep -q "$(sed -n 2p "$pem/p256.key")" "$box/err"
result 'is not repeated' $?
openssl ec -in "$pem/p256.key" -out "$pem/sec1.key" 2>/dev/null
refused 'a private key of the older form' "$pem/sec1.key" 'a private key' 'openssl pkey -in'
openssl req -x509 -new -key "$pem/p256.key" -subj /CN=x -out "$pem/cert.pem" 2>/dev/null
refused 'a certificate' "$pem/cert.pem" 'a certificate' 'openssl x509 -in CERT.pem -pubkey -noout'
openssl x509 -in "$pem/cert.pem" -pubkey -noout >"$pem/from-cert.pub"
run 0 'what it prints is taken' key add "$pem/from-cert.pub" --issuer many --kid from-cert
openssl rsa -in "$pem/rsa.key" -RSAPublicKey_out -out "$pem/pkcs1.pem" 2>/dev/null
refused 'PKCS #1' "$pem/pkcs1.pem" 'PKCS #1' 'openssl rsa -RSAPublicKey_in -in KEY.pem -pubout'
openssl rsa -RSAPublicKey_in -in "$pem/pkcs1.pem" -pubout -out "$pem/from-pkcs1.pub" 2>/dev/null
run 0 'what it prints is taken' key add "$pem/from-pkcs1.pub" --issuer many --alg RS256 --kid from-pkcs1
openssl req -new -key "$pem/p256.key" -subj /CN=x -out "$pem/request.pem" 2>/dev/null
refused 'a certificate request' "$pem/request.pem" 'a certificate request' 'openssl req -in'

# Keys that prove nothing here.
gen x25519 -algorithm x25519
run 1 'X25519' key add "$pem/x25519.pub" --issuer many --kid x
says 'its words' 'that we do not verify with'
gen p224 -algorithm EC -pkeyopt ec_paramgen_curve:P-224
run 1 'P-224' key add "$pem/p224.pub" --issuer many --kid x
gen explicit -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
run 1 'P-256 by its numbers, not its name' key add "$pem/explicit.pub" --issuer many --kid x
gen pss -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048
run 1 'RSA marked for PSS alone' key add "$pem/pss.pub" --issuer many --kid x
gen weak -algorithm RSA -pkeyopt rsa_keygen_bits:1024
run 1 'RSA with 1024 bits' key add "$pem/weak.pub" --issuer many --alg RS256 --kid feeble
says 'its place' 'key 1 (kid feeble)'
says 'its words' '1024 bits'
gen three -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3
run 1 'RSA with e = 3' key add "$pem/three.pub" --issuer many --alg RS256 --kid x

# One block, whole, and nothing beside it.
cat "$pem/p256.pub" "$pem/p384.pub" >"$pem/two"
run 1 'two blocks' key add "$pem/two" --issuer many --kid x
says 'its words' 'something beside one block'
{ echo words; cat "$pem/p256.pub"; } >"$pem/words"
run 1 'words in front' key add "$pem/words" --issuer many --kid x
{ cat "$pem/p256.pub"; echo words; } >"$pem/words"
run 1 'words behind' key add "$pem/words" --issuer many --kid x
{ echo; cat "$pem/p256.pub"; echo; } >"$pem/blank"
run 0 'control: blank lines' key add "$pem/blank" --issuer many --kid blank
head -n 2 "$pem/p256.pub" >"$pem/cut"
run 1 'a block that is cut off' key add "$pem/cut" --issuer many --kid x
sed '2s/./!/' "$pem/p256.pub" >"$pem/bad"
run 1 'a block that is no base64' key add "$pem/bad" --issuer many --kid x
sed 's/PUBLIC/PUBLIK/' "$pem/p256.pub" >"$pem/label"
run 1 'another label' key add "$pem/label" --issuer many --kid x
cat "$pem/bad" "$pem/p384.pub" >"$pem/two"
run 1 'a broken block before a whole one' key add "$pem/two" --issuer many --kid x
says 'its words' 'something beside one block'
{ cat "$pem/p256.pub"; printf '\000'; cat "$pem/p384.pub"; } >"$pem/nul"
run 1 'a NUL' key add "$pem/nul" --issuer many --kid x
run 1 'none of them is there' key show x --issuer many
finish
