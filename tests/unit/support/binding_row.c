#include "tests/unit/support/binding_row.h"

#include "tests/unit/support/jose_fixture.h"

#include <stdio.h>
#include <string.h>

#define ROWS_MAX 64

static const char *
vector(const json_t *vectors, size_t row, const char *name)
{
    const json_t *keys = json_object_get(vectors, "keys");

    return json_string_value(json_object_get(json_array_get(keys, row), name));
}

/* What the word that starts at `at` stands for; NULL: itself. */
static const char *
meaning(const json_t *vectors, const char *at, size_t *len)
{
    static char jwk[3][256];
    const json_t *first = json_array_get(json_object_get(vectors, "keys"), 0);
    const char *x = json_string_value(json_object_get(json_object_get(first, "jwk"), "x"));
    const char *const endings[] = {"}", ",\"kid\":\"k\",\"use\":\"sig\"}", ",\"d\":\"AAAA\"}"};

    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(jwk[i], sizeof(jwk[i]),
                       "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"%s", x, endings[i]);
    }
    const struct {
        const char *word;
        const char *means;
    } words[] = {
        {"@ED", vector(vectors, 0, "thumbprint")},
        {"@P256", vector(vectors, 2, "thumbprint")},
        {"@ed", vector(vectors, 0, "line")},
        {"@p256", vector(vectors, 2, "line")},
        {"@cert", vector(vectors, 1, "line")},
        {"@jwk+", jwk[1]},
        {"@jwkd", jwk[2]},
        {"@jwk", jwk[0]},
        {"@sk", "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t"},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        *len = strlen(words[i].word);
        if (strncmp(at, words[i].word, *len) == 0) {
            return words[i].means;
        }
    }
    *len = 1;
    return NULL;
}

static void
fill(const json_t *vectors, const char *text, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t len = 0; *text != '\0'; text += len) {
        const char *means = meaning(vectors, text, &len);
        char one[2] = {*text, '\0'};

        scratch_add_text(out, size, means == NULL ? one : means);
    }
}

static json_t *
claims_of(const struct binding_row *row, const json_t *vectors)
{
    char cnf[1024] = "";
    char text[2048] = "{}";
    json_t *claims = NULL;

    if (row->cnf != NULL) {
        fill(vectors, row->cnf, cnf, sizeof(cnf));
        (void)snprintf(text, sizeof(text), "{\"cnf\":%s}", cnf);
    }
    claims = json_loads(text, 0, NULL);
    assert_non_null(claims);
    return claims;
}

static void
count_check(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    assert_string_equal(check, "binding");
    assert_int_not_equal(strlen(seen), 0);
    *(pjwt_verdict *)context = v;
}

static void
check_row(void **state)
{
    const struct binding_row *row = *state;
    PJWT_AUTO(json) json_t *vectors = fixture_vectors("ssh_keys.json");
    PJWT_AUTO(json) json_t *claims = claims_of(row, vectors);
    const struct pjwt_issuer issuer = {.bind_key = row->bind_key};
    pjwt_verdict heard = PJWT_SAY(UNSET);
    struct pjwt_report report = {.checked = count_check, .context = &heard};
    char info[8192] = "";
    pjwt_verdict v = PJWT_SAY(UNSET);

    fill(vectors, row->info == NULL ? "" : row->info, info, sizeof(info));
    v = pjwt_binding_check(claims, &issuer, row->service == NULL ? "sshd" : row->service,
                           row->info == NULL ? NULL : info, &report);
    assert_string_equal(pjwt_code(v), pjwt_code(row->verdict));
    assert_string_equal(pjwt_code(heard), pjwt_code(v));
    if (!pjwt_ok(v) && strstr(report.why.text, row->why) == NULL) {
        fail_msg("%s: %s", row->name, report.why.text);
    }
}

int
binding_run(const struct binding_row *rows, size_t count)
{
    struct CMUnitTest tests[ROWS_MAX] = {{0}};

    if (count > ROWS_MAX) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        tests[i] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL,
                                       (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL); /* which passes over the empty ones */
}
