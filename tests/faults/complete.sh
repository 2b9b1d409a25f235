#!/bin/sh
# Does every call of lib/ that can fail have its row in tests/faults/calls.h? usage: complete.sh OUT
set -eu
# What cannot fail, or is not on the way of a login: releasing, asking, encrypting, making keys.
harmless='_free$|_clear_free$|_get0_|^BN_(num_bits|is_|get_word|cmp|ucmp|bn2)
^d2i_ECDSA_SIG$
_get_size$|_get_pkey_ctx$|_is_a$|^EVP_(sha|aes_|get_)|_get0$|^OSSL_PARAM_(construct|free|locate)|^EVP_CIPHER_CTX_set_flags$
^EVP_PKEY_(Q_keygen|generate|keygen|paramgen|encrypt|eq|get_b|get_s)|Encrypt|^EVP_CIPHER_(get|CTX_get)'
pattern=$(printf '%s' "$harmless" | tr '\n' '|')
missing=$(nm -u "$1/libpjwt.a" | awk '{ print $NF }' | sort -u |
    grep -E '^(EVP|OSSL_PARAM|BN|ECDSA_SIG|RAND)_|^(i2d|d2i)_|^(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf)$' |
    grep -vE "$pattern" | while read -r call; do
    grep -qE "[ ,]$call,|__wrap_$call\\(" tests/faults/calls.h tests/faults/wrap.c || printf '%s ' "$call"
done)
echo '1..1'
if [ -z "$missing" ]; then
    echo 'ok 1 - every call that can fail is made to fail'
else
    echo "not ok 1 - without a row in tests/faults/calls.h: $missing"
    exit 1
fi
