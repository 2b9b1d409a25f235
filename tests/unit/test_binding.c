/* Does a bound token need its key, and the right one? */
#include "lib/policy/binding.h"

#include "tests/unit/support/scratch.h"

#include "lib/base/json.h"

#include <stdio.h>
#include <string.h>

/* In texts, @ED and @P256 stand for the keys' thumbprints, @ed, @p256 and @cert for their lines
 * and that of a certificate, @jwk for a JWK. */
struct row {
    const char *name;
    const char *cnf;  /* NULL: none */
    const char *info; /* NULL: none */
    enum pjwt_bind_key bind_key;
    const char *service; /* NULL: sshd */
    pjwt_verdict verdict;
    const char *why; /* a part of it */
};

#define IF PJWT_BIND_IF_PRESENT
#define OK_     \
    {           \
        PJWT_OK \
    }

static const struct row rows[] = {
    {"not bound", NULL, "publickey @ed\n", IF, NULL, OK_, "no cnf"},
    {"not bound, no key", NULL, NULL, IF, NULL, OK_, "no cnf"},
    {"not bound, bind_key no", NULL, NULL, PJWT_BIND_NO, NULL, OK_, "no cnf"},
    {"not bound, but must be",
     NULL,
     "publickey @ed\n",
     PJWT_BIND_REQUIRED,
     NULL,
     {PJWT_CNF_MISSING},
     "no cnf"},
    {"its key", "{\"jkt\":\"@ED\"}", "publickey @ed\n", IF, NULL, OK_, "bound to the ssh key"},
    {"its key, must be bound", "{\"jkt\":\"@ED\"}", "publickey @ed\n", PJWT_BIND_REQUIRED, NULL,
     OK_, "bound to the ssh key"},
    {"its key, bind_key no",
     "{\"jkt\":\"@ED\"}",
     "publickey @ed\n",
     PJWT_BIND_NO,
     NULL,
     {PJWT_CNF},
     "bind_key = no"},
    {"without the last line end", "{\"jkt\":\"@ED\"}", "publickey @ed", IF, NULL, OK_, ""},
    {"its key in a certificate", "{\"jkt\":\"@ED\"}", "publickey @cert\n", IF, NULL, OK_, ""},
    {"the key whole", "{\"jwk\":@jwk}", "publickey @ed\n", IF, NULL, OK_, ""},
    {"the key whole, and its names", "{\"jwk\":@jwk+}", "publickey @ed\n", IF, NULL, OK_, ""},
    {"another key",
     "{\"jkt\":\"@P256\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_OTHER},
     "the ssh key is"},
    {"another key whole",
     "{\"jwk\":@jwk}",
     "publickey @p256\n",
     IF,
     NULL,
     {PJWT_CNF_OTHER},
     "the ssh key is"},
    {"the second of two keys", "{\"jkt\":\"@P256\"}", "publickey @ed\npublickey @p256\n", IF,
     NULL, OK_, ""},
    {"the first of two keys", "{\"jkt\":\"@ED\"}", "publickey @ed\npublickey @p256\n", IF, NULL,
     OK_, ""},
    {"between other methods", "{\"jkt\":\"@ED\"}",
     "password\npublickey @ed\nkeyboard-interactive/pam\n", IF, NULL, OK_, ""},
    /* unproved */
    {"no key", "{\"jkt\":\"@ED\"}", NULL, IF, NULL, {PJWT_CNF}, "no key proved"},
    {"an empty list", "{\"jkt\":\"@ED\"}", "", IF, NULL, {PJWT_CNF}, "no key proved"},
    {"other methods alone",
     "{\"jkt\":\"@ED\"}",
     "password\nkeyboard-interactive/pam\n",
     IF,
     NULL,
     {PJWT_CNF},
     "no key proved"},
    {"a machine's key",
     "{\"jkt\":\"@ED\"}",
     "hostbased @ed\n",
     IF,
     NULL,
     {PJWT_CNF},
     "no key proved"},
    {"a method that starts like it",
     "{\"jkt\":\"@ED\"}",
     "publickey2 @ed\n",
     IF,
     NULL,
     {PJWT_CNF},
     "no key proved"},
    {"within a line",
     "{\"jkt\":\"@ED\"}",
     "password publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF},
     "no key proved"},
    {"sudo", "{\"jkt\":\"@ED\"}", "publickey @ed\n", IF, "sudo", {PJWT_CNF}, "sshd alone"},
    {"a service that starts like sshd",
     "{\"jkt\":\"@ED\"}",
     "publickey @ed\n",
     IF,
     "sshd2",
     {PJWT_CNF},
     "sshd alone"},
    {"sudo, not bound", NULL, NULL, IF, "sudo", OK_, "no cnf"},
    /* what sshd would not write */
    {"a comment", "{\"jkt\":\"@ED\"}", "publickey @ed x\n", IF, NULL, {PJWT_SSH_KEY}, "base64"},
    {"rubbish behind the right one",
     "{\"jkt\":\"@ED\"}",
     "publickey @ed\npublickey x\n",
     IF,
     NULL,
     {PJWT_SSH_KEY},
     "base64"},
    {"a carriage return",
     "{\"jkt\":\"@ED\"}",
     "publickey @ed\r\n",
     IF,
     NULL,
     {PJWT_SSH_KEY},
     "base64"},
    {"a kind without a JWK",
     "{\"jkt\":\"@ED\"}",
     "publickey @sk\n",
     IF,
     NULL,
     {PJWT_SSH_KEY},
     "sk-ssh-ed25519@openssh.com"},
    {"a kind without a JWK, then the right one", "{\"jkt\":\"@ED\"}",
     "publickey @sk\npublickey @ed\n", IF, NULL, OK_, ""},
    /* cnf itself: RFC 7800 section 3 */
    {"cnf a string", "\"@ED\"", "publickey @ed\n", IF, NULL, {PJWT_CLAIM_BAD}, "no object"},
    {"cnf null", "null", "publickey @ed\n", IF, NULL, {PJWT_CLAIM_BAD}, "no object"},
    {"cnf empty", "{}", "publickey @ed\n", IF, NULL, {PJWT_CNF_KIND}, "one member"},
    {"a kid", "{\"kid\":\"@ED\"}", "publickey @ed\n", IF, NULL, {PJWT_CNF_KIND}, "one member"},
    {"a certificate's hash",
     "{\"x5t#S256\":\"@ED\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_KIND},
     "one member"},
    {"a URL",
     "{\"jku\":\"https://x\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_KIND},
     "one member"},
    {"a kid beside it",
     "{\"jkt\":\"@ED\",\"kid\":\"a\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_KIND},
     "one member"},
    {"jkt and jwk",
     "{\"jkt\":\"@ED\",\"jwk\":@jwk}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_KIND},
     "one member"},
    {"an encrypted key",
     "{\"jwe\":\"x\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_KIND},
     "one member"},
    {"jkt a number",
     "{\"jkt\":7}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no RFC 7638 thumbprint"},
    {"jkt too short",
     "{\"jkt\":\"x\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no RFC 7638 thumbprint"},
    {"jkt padded",
     "{\"jkt\":\"@ED=\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no RFC 7638 thumbprint"},
    {"jkt in another spelling",
     "{\"jkt\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no RFC 7638 thumbprint"},
    {"jwk a string",
     "{\"jwk\":\"x\"}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no public key"},
    {"a private key",
     "{\"jwk\":@jwkd}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no public key"},
    {"the other primes of a key alone",
     "{\"jwk\":{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"AAAA\",\"oth\":[]}}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no public key"},
    {"a shared key",
     "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CLAIM_BAD},
     "no public key"},
    {"a kind of key that is not known",
     "{\"jwk\":{\"kty\":\"X\"}}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_KIND},
     "thumbprint"},
    {"a key that lacks a part",
     "{\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}}",
     "publickey @ed\n",
     IF,
     NULL,
     {PJWT_CNF_KIND},
     "thumbprint"},
};

static json_t *vectors;

static const char *
vector(size_t row, const char *name)
{
    return json_string_value(
        json_object_get(json_array_get(json_object_get(vectors, "keys"), row), name));
}

/* What the word that starts at `at` stands for; NULL: itself. */
static const char *
meaning(const char *at, size_t *len)
{
    static char jwk[3][256];
    const char *x = json_string_value(json_object_get(
        json_object_get(json_array_get(json_object_get(vectors, "keys"), 0), "jwk"), "x"));
    const char *const endings[] = {"}", ",\"kid\":\"k\",\"use\":\"sig\"}", ",\"d\":\"AAAA\"}"};

    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(jwk[i], sizeof(jwk[i]),
                       "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"%s", x, endings[i]);
    }
    const struct {
        const char *word;
        const char *means;
    } words[] = {
        {"@ED", vector(0, "thumbprint")},
        {"@P256", vector(2, "thumbprint")},
        {"@ed", vector(0, "line")},
        {"@p256", vector(2, "line")},
        {"@cert", vector(1, "line")},
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
fill(const char *text, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t len = 0; *text != '\0'; text += len) {
        const char *means = meaning(text, &len);
        char one[2] = {*text, '\0'};

        scratch_add_text(out, size, means == NULL ? one : means);
    }
}

static json_t *
claims_of(const struct row *row)
{
    char cnf[1024] = "";
    char text[2048] = "{}";
    json_t *claims = NULL;

    if (row->cnf != NULL) {
        fill(row->cnf, cnf, sizeof(cnf));
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
    const struct row *row = *state;
    PJWT_AUTO(json) json_t *claims = claims_of(row);
    const struct pjwt_issuer issuer = {.bind_key = row->bind_key};
    pjwt_verdict heard = PJWT_SAY(UNSET);
    struct pjwt_report report = {.checked = count_check, .context = &heard};
    char info[8192] = "";
    pjwt_verdict v = PJWT_SAY(UNSET);

    fill(row->info == NULL ? "" : row->info, info, sizeof(info));
    v = pjwt_binding_check(claims, &issuer, row->service == NULL ? "sshd" : row->service,
                           row->info == NULL ? NULL : info, &report);
    assert_string_equal(pjwt_code(v), pjwt_code(row->verdict));
    assert_string_equal(pjwt_code(heard), pjwt_code(v));
    if (!pjwt_ok(v) && strstr(report.why.text, row->why) == NULL) {
        fail_msg("%s: %s", row->name, report.why.text);
    }
}

int
main(void)
{
    struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0])];

    vectors = json_load_file("tests/vectors/ssh_keys.json", 0, NULL);
    if (vectors == NULL) {
        return 1;
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tests[i] = (struct CMUnitTest){.name = rows[i].name,
                                       .test_func = check_row,
                                       .initial_state = (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
