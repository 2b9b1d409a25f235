/* Where do tests get keys and tokens from? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/base/base64url.h"
#include "lib/jose/sign.h"

#include <stdio.h>
#include <string.h>

const char fixture_ed25519[] = "{'kty':'OKP','crv':'Ed25519',"
                               "'d':'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',"
                               "'x':'11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'}";

const char fixture_p256[] = "{'kty':'EC','crv':'P-256',"
                            "'x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',"
                            "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',"
                            "'d':'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'}";

const char fixture_rsa[] =
    "{'kty':'RSA','alg':'RS256','n':'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_"
    "wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qP"
    "CJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_"
    "7OMg0LOL"
    "-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-"
    "UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh"
    "9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',"
    "'e':'AQAB',"
    "'d':'Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7Yw"
    "Vol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-"
    "GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn43"
    "9X0M_V51gfpRLI9JYanrC4D4qAdGcopV_"
    "0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGU"
    "l_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ',"
    "'p':'4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0"
    "Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc',"
    "'q':'uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7"
    "TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc',"
    "'dp':'BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz"
    "-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0',"
    "'dq':'h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3"
    "Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU',"
    "'qi':'IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ"
    "3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U'"
    "}";

const char fixture_oct[] =
    "{'kty':'oct','alg':'HS256',"
    "'k':'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0"
    "iPS4hcgUuTwjAzZr1Z9CAow'}";

const char *
fixture_quotes(const char *text)
{
    static char quoted[65536];
    size_t len = strlen(text);

    assert_true(len < sizeof(quoted));
    for (size_t i = 0; i <= len; i++) {
        quoted[i] = text[i] == '\'' ? '"' : text[i];
    }
    return quoted;
}

json_t *
fixture_vectors(const char *name)
{
    char path[128];
    json_error_t error;
    json_t *read = NULL;

    (void)snprintf(path, sizeof(path), "tests/vectors/%s", name);
    read = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (read == NULL) {
        fail_msg("%s: %s (run from the top directory)", path, error.text);
    }
    return read;
}

json_t *
fixture_json(const char *text)
{
    json_t *parsed = json_loads(fixture_quotes(text), JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(parsed);
    return parsed;
}

json_t *
fixture_private(const char *jwk, const char *more)
{
    json_t *made = fixture_json(jwk);
    PJWT_AUTO(json) json_t *added = fixture_json(more == NULL ? "{}" : more);
    const char *name = NULL;
    json_t *value = NULL;

    json_object_foreach(added, name, value)
    {
        if (json_is_null(value)) {
            assert_int_equal(json_object_del(made, name), 0);
        } else {
            assert_int_equal(json_object_set(made, name, value), 0);
        }
    }
    return made;
}

json_t *
fixture_public(const char *jwk, const char *more)
{
    static const char *const members[] = {"d", "p", "q", "dp", "dq", "qi"};
    json_t *made = fixture_json(jwk);
    PJWT_AUTO(text) char *text = NULL;

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        (void)json_object_del(made, members[i]);
    }
    text = json_dumps(made, 0);
    json_decref(made);
    return fixture_private(text, more);
}

struct pjwt_key *
fixture_signer(const char *jwk)
{
    PJWT_AUTO(json) json_t *parsed = fixture_json(jwk);
    struct pjwt_key *key = NULL;

    assert_reason(pjwt_key_from_private_jwk(parsed, &key, NULL), OK);
    return key;
}

struct pjwt_key *
fixture_verifier(const char *jwk, const char *more)
{
    PJWT_AUTO(json) json_t *parsed = fixture_public(jwk, more);
    struct pjwt_key *key = NULL;

    assert_reason(pjwt_key_from_jwk(parsed, FIXTURE_ANY, &key, NULL), OK);
    return key;
}

struct pjwt_secret *
fixture_sign(const char *jwk, const char *header, const char *payload)
{
    PJWT_AUTO(key) struct pjwt_key *key = fixture_signer(jwk);
    PJWT_AUTO(json) json_t *header_object = fixture_json(header);
    PJWT_AUTO(json) json_t *payload_object = fixture_json(payload);
    struct pjwt_secret *token = NULL;

    assert_reason(pjwt_jws_sign(key, header_object, payload_object, &token), OK);
    return token;
}

static void
append_segment(struct pjwt_secret *token, const void *bytes, size_t len)
{
    size_t used = pjwt_secret_len(token);

    assert_true(PJWT_BASE64URL_ROOM(len) <= pjwt_secret_room(token) - used);
    used += pjwt_base64url_encode(bytes, len, pjwt_secret_buffer(token) + used);
    pjwt_secret_set_len(token, used);
}

struct pjwt_secret *
fixture_token(const void *header, size_t header_len, const void *payload, size_t payload_len,
              const void *signature, size_t signature_len)
{
    struct pjwt_secret *token = pjwt_secret_new((size_t)2 * PJWT_CREDENTIAL_MAX);

    assert_non_null(token);
    append_segment(token, header, header_len);
    assert_true(pjwt_secret_append(token, ".", 1));
    append_segment(token, payload, payload_len);
    assert_true(pjwt_secret_append(token, ".", 1));
    append_segment(token, signature, signature_len);
    return token;
}

struct pjwt_secret *
fixture_typed(const char *text)
{
    struct pjwt_secret *typed = pjwt_secret_copy(text, strlen(text));

    assert_non_null(typed);
    return typed;
}

pjwt_verdict
fixture_prove(const struct pjwt_secret *token, const struct pjwt_key *key)
{
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(verified) struct pjwt_verified *proof = NULL;
    struct pjwt_report report = {0};
    pjwt_verdict verdict = pjwt_jws_parse(token, &jws, &report);

    if (pjwt_ok(verdict)) {
        verdict = pjwt_jws_verify(jws, key, &proof, &report);
    }
    assert_int_equal(pjwt_ok(verdict), proof != NULL); /* no proof without an OK */
    return verdict;
}
