/* Is an ssh public key read whole or not at all, and never differently from its bytes? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/jose/key.h"
#include "lib/jose/ssh_key.h"

#include <string.h>

/* RSA, EC or OKP, with public members alone, and a thumbprint. */
static void
check_jwk(const json_t *jwk)
{
    static const char *const members[] = {"kty", "crv", "x", "y", "e", "n"};
    char thumbprint[PJWT_THUMBPRINT_SIZE];
    size_t known = 0;

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        known += json_is_string(json_object_get(jwk, members[i]));
    }
    FUZZ_MUST(known >= 3 && known == json_object_size(jwk));
    FUZZ_MUST(pjwt_ok(pjwt_key_thumbprint(jwk, thumbprint)));
    FUZZ_MUST(strlen(thumbprint) == PJWT_THUMBPRINT_SIZE - 1);
}

static json_t *
read_blob(const uint8_t *bytes, size_t len, bool *known)
{
    json_t *jwk = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_ssh_key_jwk(bytes, len, &jwk, known, &why);

    FUZZ_MUST(v.reason == PJWT_OK || v.reason == PJWT_SSH_KEY);
    FUZZ_MUST(pjwt_ok(v) == (jwk != NULL));
    FUZZ_MUST(pjwt_ok(v) || why.text[0] != '\0');
    return jwk;
}

/* What is read whole is not read when it is cut or when more stands behind it. */
static void
check_ends(const uint8_t *bytes, size_t len)
{
    uint8_t longer[PJWT_SSH_BLOB_MAX + 1] = {0};
    bool known = false;

    FUZZ_MUST(len <= PJWT_SSH_BLOB_MAX);
    FUZZ_MUST(read_blob(bytes, len - 1, &known) == NULL);
    memcpy(longer, bytes, len);
    FUZZ_MUST(read_blob(longer, len + 1, &known) == NULL);
}

static void
as_blob(const uint8_t *bytes, size_t len)
{
    bool known = false;
    PJWT_AUTO(json) json_t *jwk = read_blob(bytes, len, &known);

    if (jwk != NULL) {
        FUZZ_MUST(known);
        check_jwk(jwk);
        check_ends(bytes, len);
    }
}

static void
as_text(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(json) json_t *jwk = NULL;
    struct pjwt_why why = {""};
    bool known = false;
    pjwt_verdict v = pjwt_ssh_key_read((const char *)bytes, len, &jwk, &known, &why);

    FUZZ_MUST(v.reason == PJWT_OK || v.reason == PJWT_SSH_KEY);
    FUZZ_MUST(pjwt_ok(v) == (jwk != NULL));
    if (jwk != NULL) {
        FUZZ_MUST(memchr(bytes, '\0', len) == NULL && memchr(bytes, '\n', len) == NULL);
        check_jwk(jwk);
    }
}

/* Text when it starts like one, for blobs start with a length. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len > 0 && bytes[0] >= ' ') {
        as_text(bytes, len);
    } else {
        as_blob(bytes, len);
    }
    return 0;
}
