/* What does every fuzz target share? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/base/base64url.h"
#include "lib/jose/key_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char fuzz_private_key[] =
    "{" FUZZ_ED25519 ",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}";

void
fuzz_must(bool holds, const char *file, int line, const char *words)
{
    if (!holds) {
        (void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, words);
        abort();
    }
}

const struct pjwt_key *
fuzz_signer(void)
{
    static struct pjwt_key *key = NULL;
    PJWT_AUTO(json) json_t *jwk = NULL;
    struct pjwt_why why = {""};

    if (key == NULL) {
        jwk = json_loads(fuzz_private_key, 0, NULL);
        FUZZ_MUST(pjwt_ok(pjwt_key_from_private_jwk(jwk, &key, &why)));
    }
    return key;
}

static void
append_encoded(struct pjwt_secret *token, const void *bytes, size_t len)
{
    size_t at = pjwt_secret_len(token);
    size_t added = pjwt_base64url_encode(bytes, len, pjwt_secret_buffer(token) + at);

    pjwt_secret_set_len(token, at + added);
}

struct pjwt_secret *
fuzz_signed(const char *header, size_t header_len, const char *payload, size_t payload_len)
{
    unsigned char signature[PJWT_SIGNATURE_MAX];
    size_t signature_len = sizeof(signature);
    struct pjwt_secret *token =
        pjwt_secret_new(PJWT_BASE64URL_ROOM(header_len) + PJWT_BASE64URL_ROOM(payload_len) +
                        PJWT_BASE64URL_ROOM(sizeof(signature)) + 2);
    struct pjwt_octets input;

    FUZZ_MUST(token != NULL);
    append_encoded(token, header, header_len);
    FUZZ_MUST(pjwt_secret_append(token, ".", 1));
    append_encoded(token, payload, payload_len);
    input = (struct pjwt_octets){(const unsigned char *)pjwt_secret_bytes(token),
                                 pjwt_secret_len(token)};
    FUZZ_MUST(pjwt_ok(pjwt_key_sign(fuzz_signer(), input, signature, &signature_len)));
    FUZZ_MUST(pjwt_secret_append(token, ".", 1));
    append_encoded(token, signature, signature_len);
    return token;
}

struct pjwt_jws *
fuzz_parsed(const struct pjwt_secret *typed)
{
    struct pjwt_jws *jws = NULL;
    struct pjwt_report report = {0};

    FUZZ_MUST(pjwt_ok(pjwt_jws_parse(typed, &jws, &report)));
    return jws;
}
