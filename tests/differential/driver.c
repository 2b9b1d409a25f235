/* What do we say? One process answers thousands of questions, a line each, with tabs between:
 *
 *   algs                            the names of the algorithms of this build
 *   key ALG                         PUBLIC-JWK PRIVATE-JWK
 *   sign PRIVATE-JWK HEX            the signature over those bytes, in hex
 *   verify KEYSET-FILE HEX          the code of the verdict on that token, signature included
 *   shared KEYSET-FILE HEX          the same, where the set is of shared secrets
 *   opener ALG CRV                  a JWK of encryption; CRV may be empty
 *   seal JWK ENC MORE HEX           those bytes encrypted, MORE (a JSON object) in the header
 *   open KEYSET-FILE HEX            the code of the verdict, and what was inside, in hex
 */
#include "lib/base/own.h"
#include "lib/jose/jwe.h"
#include "lib/jose/jwe_keyset.h"
#include "lib/jose/jwe_make.h"
#include "lib/jose/jws.h"
#include "lib/jose/key_inside.h"
#include "lib/jose/keyset.h"
#include "lib/jose/verified.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 5

/* In place; the number of bytes. */
static size_t
from_hex(char *hex)
{
    size_t len = 0;
    unsigned byte = 0;

    while (sscanf(hex + 2 * len, "%2x", &byte) == 1) {
        hex[len++] = (char)byte;
    }
    return len;
}

static void
say_algs(void)
{
    for (enum pjwt_alg alg = 1; alg < PJWT_ALG_COUNT; alg++) {
        printf("%s%s", alg == 1 ? "" : "\t", pjwt_alg_name(alg));
    }
}

static void
make_key(const char *name)
{
    PJWT_AUTO(json) json_t *public_jwk = NULL;
    PJWT_AUTO(json) json_t *private_jwk = NULL;
    PJWT_AUTO(text) char *public_text = NULL;
    PJWT_AUTO(text) char *private_text = NULL;

    if (pjwt_ok(pjwt_key_generate(pjwt_alg_from_name(name, strlen(name)), "k", &public_jwk,
                                  &private_jwk))) {
        public_text = json_dumps(public_jwk, JSON_COMPACT);
        private_text = json_dumps(private_jwk, JSON_COMPACT);
        printf("%s\t%s", public_text, private_text);
    }
}

static void
sign(const char *jwk_text, char *hex)
{
    PJWT_AUTO(json) json_t *jwk = json_loads(jwk_text, 0, NULL);
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    unsigned char signature[PJWT_SIGNATURE_MAX];
    struct pjwt_octets input = {(unsigned char *)hex, from_hex(hex)};
    struct pjwt_why why = {""};
    size_t len = sizeof(signature);

    if (pjwt_ok(pjwt_key_from_private_jwk(jwk, &key, &why)) &&
        pjwt_ok(pjwt_key_sign(key, input, signature, &len))) {
        for (size_t i = 0; i < len; i++) {
            printf("%02x", signature[i]);
        }
    }
}

static pjwt_verdict
verify(const char *keys, char *hex, pjwt_algs allowed)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(hex, from_hex(hex));
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    PJWT_AUTO(verified) struct pjwt_verified *proof = NULL;
    struct pjwt_report report = {0};

    if (typed == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(pjwt_jws_parse(typed, &jws, &report));
    PJWT_TRY(pjwt_keyset_select(keys, allowed, jws, &key, &report));
    return pjwt_jws_verify(jws, key, &proof, &report);
}

static void
make_opener(const char *alg, const char *crv)
{
    PJWT_AUTO(secret_jwk) json_t *jwk = NULL;
    PJWT_AUTO(text) char *text = NULL;

    if (pjwt_ok(pjwt_jwe_key_generate(alg, *crv == '\0' ? NULL : crv, "k", &jwk))) {
        text = json_dumps(jwk, JSON_COMPACT);
        printf("%s", text);
    }
}

static void
seal(const char *jwk_text, const char *enc, const char *more_text, char *hex)
{
    PJWT_AUTO(secret_jwk) json_t *jwk = json_loads(jwk_text, 0, NULL);
    PJWT_AUTO(json) json_t *more = json_loads(more_text, 0, NULL);
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *inner = pjwt_secret_copy(hex, from_hex(hex));
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    struct pjwt_why why = {""};

    if (inner != NULL && pjwt_ok(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, &key, &why)) &&
        pjwt_ok(pjwt_jwe_make(key, enc, more, inner, &token))) {
        printf("%s", pjwt_secret_bytes(token));
    }
}

static pjwt_verdict
open_sealed(const char *keys, char *hex, struct pjwt_secret **inner)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(hex, from_hex(hex));
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    struct pjwt_report report = {0};
    size_t which = 0;

    if (typed == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(pjwt_jwe_parse(typed, &jwe, &report));
    PJWT_TRY(pjwt_jwe_keyset_select(&keys, 1, jwe, &key, &which, &report));
    return pjwt_jwe_decrypt(jwe, key, inner, &report);
}

static void
say_opened(const char *keys, char *hex)
{
    PJWT_AUTO(secret) struct pjwt_secret *inner = NULL;
    pjwt_verdict v = open_sealed(keys, hex, &inner);

    printf("%s\t", pjwt_code(v));
    for (size_t i = 0; inner != NULL && i < pjwt_secret_len(inner); i++) {
        printf("%02x", (unsigned char)pjwt_secret_bytes(inner)[i]);
    }
}

static void
answer_sealed(char *const *field, size_t count)
{
    if (count == 3 && strcmp(field[0], "opener") == 0) {
        make_opener(field[1], field[2]);
    } else if (count == 5 && strcmp(field[0], "seal") == 0) {
        seal(field[1], field[2], field[3], field[4]);
    } else if (count == 3 && strcmp(field[0], "open") == 0) {
        say_opened(field[1], field[2]);
    }
}

static void
answer(char *line)
{
    char *field[FIELDS] = {NULL};
    size_t count = 0;

    for (char *word = NULL; count < FIELDS && (word = strsep(&line, "\t")) != NULL;) {
        field[count++] = word;
    }
    if (count == 1 && strcmp(field[0], "algs") == 0) {
        say_algs();
    } else if (count == 2 && strcmp(field[0], "key") == 0) {
        make_key(field[1]);
    } else if (count == 3 && strcmp(field[0], "sign") == 0) {
        sign(field[1], field[2]);
    } else if (count == 3 && strcmp(field[0], "verify") == 0) {
        printf("%s", pjwt_code(verify(field[1], field[2], ~0U)));
    } else if (count == 3 && strcmp(field[0], "shared") == 0) {
        printf("%s", pjwt_code(verify(field[1], field[2], PJWT_ALGS_HMAC)));
    } else {
        answer_sealed(field, count);
    }
    (void)puts("");
    (void)fflush(stdout);
}

int
main(void)
{
    PJWT_AUTO(text) char *line = NULL;
    size_t room = 0;
    ssize_t len = 0;

    while ((len = getline(&line, &room, stdin)) > 0) {
        line[len - 1] = '\0';
        answer(line);
    }
    return 0;
}
