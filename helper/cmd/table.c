/* Which commands exist? */
#include "helper/cmd/command.h"

/* clang-format off */
#define JSON   {"json", NULL, false, false, "print JSON, for programs"}
#define REASON {"reason", "TEXT", false, false, "kept beside it, for those who look later"}
#define UNTIL  {"until", "T", false, false, "how long it is remembered: 48h (from now) or an RFC 3339 time"}
#define END    {NULL, NULL, false, false, NULL}

static const struct pjwt_flag none[] = {END};
static const struct pjwt_flag json[] = {JSON, END};

static const struct pjwt_flag status[] = {
    {"verify", NULL, false, false, "read the whole session file: every page, every row"}, JSON, END};

static const struct pjwt_flag key_new[] = {
    {"issuer", "SECTION", true, false, "the NAME of [issuer NAME] in the config file"},
    {"alg", "ALG", false, false, "Ed25519 (the default), ES256, RS256, …: one that the issuer lists"},
    {"crv", "CURVE", false, false, "for ECDH-ES and its kin: P-256 (the default), P-384 or X25519"},
    {"kid", "KID", false, false, "the key's name; by default its RFC 7638 thumbprint"},
    END};
static const struct pjwt_flag key_remove[] = {
    {"issuer", "SECTION", true, false, "the NAME of [issuer NAME] in the config file"},
    {"revoke", NULL, false, false, "and refuse what it signed, should the key ever come back"},
    REASON, END};
static const struct pjwt_flag key_add[] = {
    {"issuer", "SECTION", true, false, "the NAME of [issuer NAME] in the config file"},
    {"alg", "ALG", false, false, "of a PEM key that fits several: RS256, PS256, …"},
    {"kid", "KID", false, false, "the name of a PEM key; by default its RFC 7638 thumbprint"},
    END};
static const struct pjwt_flag key_list[] = {
    {"issuer", "SECTION", false, false, "only the keys of this issuer"}, JSON, END};
static const struct pjwt_flag key_show[] = {
    {"issuer", "SECTION", false, false, "whose key, when several issuers have that KID"},
    {"json", NULL, false, false, "print the JWK on one line"}, END};

static const struct pjwt_flag token_mint[] = {
    {"issuer", "SECTION", true, false, "sign with a key of private/SECTION.jwks"},
    {"sub", "NAME", true, false, "the subject"},
    {"aud", "NAME", true, true, "whom the token is for; may be repeated"},
    {"lifetime", "T", false, false, "90s, 15m, 8h, …; by default 15m or max_lifetime, the smaller"},
    {"claim", "NAME=JSON", false, true, "adds or replaces a claim; may be repeated"},
    {"ssh-key", "FILE", false, false, "bind it to the ssh key in FILE (a .pub file): adds cnf"},
    {"kid", "KID", false, false, "sign with this key; by default with the newest"},
    {"encrypt-to", "KID|FILE", false, false, "encrypt it for a key of the issuer's decrypt, or the JWK in ./FILE"},
    {"enc", "ENC", false, false, "how; by default A256GCM"},
    END};

static const struct pjwt_flag ticket_issue[] = {
    {"user", "NAME", true, false, "the local user who may log in with it"},
    {"service", "A,B", true, false, "the PAM services where it is good"},
    {"lifetime", "T", false, false, "90s, 15m, 8h, …; by default the config's [tickets] lifetime"},
    {"idle", "T", false, false, "how long it may go unused; by default the config's [tickets] idle"},
    {"one-time", NULL, false, false, "good for one login"},
    {"from", "NET", false, false, "good for logins from there: 192.0.2.7, 192.0.2.0/24, 2001:db8::/32"},
    {"note", "TEXT", false, false, "kept beside it, for those who look later"},
    END};
static const struct pjwt_flag ticket_exchange[] = {
    {"service", "A,B", true, false, "the PAM services where the ticket is good"},
    {"user", "NAME", false, false, "which of the users whom the issuer's user_map gives the token"},
    {"lifetime", "T", false, false, "90s, 15m, 8h, …; at most the config's [tickets] lifetime, the default"},
    END};
static const struct pjwt_flag ticket_list[] = {
    {"user", "NAME", false, false, "only this user's"},
    {"service", "S", false, false, "only those that are good there"},
    {"issuer", "SECTION", false, false, "only those that were exchanged for its tokens"},
    {"expiring", "T", false, false, "only those that end until T: 2h (from now) or an RFC 3339 time"},
    {"idle", "T", false, false, "only those that nobody used since T: 7d (ago) or an RFC 3339 time"},
    JSON, END};

static const struct pjwt_flag reason[] = {REASON, END};
static const struct pjwt_flag revoke_one[] = {UNTIL, REASON, END};
static const struct pjwt_flag revoke_dated[] = {
    {"before", "T", false, false, "what was issued until T: 2h (ago) or an RFC 3339 time; by default now"},
    UNTIL, REASON, END};
static const struct pjwt_flag revoke_list[] = {
    {"kind", "KIND", false, false, "only jti, user, subject, issuer, key, block or ticket"}, JSON, END};
static const struct pjwt_flag login_list[] = {
    {"user", "NAME", false, false, "only this user's"}, JSON, END};
static const struct pjwt_flag audit[] = {
    {"who", "NAME", false, false, "only what NAME did"},
    {"act", "VERB", false, false, "only this verb, such as revoke or 'ticket issue'"},
    {"on", "NAME", false, false, "only what was done to this user, ticket or token"},
    {"since", "T", false, false, "only since T: 2h (ago) or an RFC 3339 time"},
    JSON, END};
static const struct pjwt_flag block[] = {
    {"until", "T", false, false, "2h (from now) or an RFC 3339 time; by default until unblocked"},
    REASON, END};

static const struct pjwt_flag explain[] = {
    {"service", "S", false, false, "the PAM service; needed when the config has several"},
    {"user", "U", false, false, "who logs in; by default whom the credential names"},
    {"rhost", "H", false, false, "where the login comes from"},
    {"ssh-key", "FILE", false, false, "the public key that ssh proved, as ssh-keygen writes it"},
    {"at", "T", false, false, "decide as of then: 2h (from now) or an RFC 3339 time"},
    {"attempt", "ID", false, false, "why was the login refused whose number the person was told?"},
    {"reason", "[CODE]", false, false, "what a reason of the log means; alone it lists them"},
    JSON, END};

static const struct pjwt_flag lint[] = {
    {"root", "DIR", false, false, "look at the tree below DIR as if it were /; --config is a path in it"},
    JSON, END};

static const struct pjwt_flag repair[] = {
    {"accept-restore", NULL, false, false, "trust a restored session file: all that it could admit is revoked"},
    {"clock", NULL, false, false, "the clock is right as it is, though it was set back"},
    END};

const struct pjwt_command pjwt_commands[] = {
    {"init", NULL, pjwt_init_run, "make the config, the key directories and the session file",
     {"", 0, 0}, none, "pamjwt init"},
    {"status", NULL, pjwt_status_run, "is everything there that a login needs?",
     {"", 0, 0}, status, "pamjwt status"},
    {"lint", NULL, pjwt_lint_run, "what is wrong with config, files, keys, pam.d, sshd, sudo, clock?",
     {"", 0, 0}, lint, "pamjwt lint"},
    {"explain", NULL, pjwt_explain_run, "the decision on a token or ticket, check by check",
     {"[FILE|-]", 0, 1}, explain, "pamjwt explain --service sshd < token"},
    {"version", NULL, pjwt_version_run, "the version of this program",
     {"", 0, 0}, json, "pamjwt version --json"},

    {"key", "new", pjwt_key_new_run, "make a key pair to sign tokens with, or one to decrypt them",
     {"", 0, 0}, key_new, "pamjwt key new --issuer lab"},
    {"key", "add", pjwt_key_add_run, "install an issuer's public keys (a JWKS, a JWK or PEM)",
     {"FILE|-", 1, 1}, key_add,
     "curl -s https://idp.example.com/jwks | pamjwt key add - --issuer corp"},
    {"key", "list", pjwt_key_list_run, "the public keys, and which of them a login can use",
     {"", 0, 0}, key_list, "pamjwt key list --json | jq '.[].kid'"},
    {"key", "show", pjwt_key_show_run, "one public key as a JWK",
     {"KID", 1, 1}, key_show, "pamjwt key show 2026-01 --issuer lab"},
    {"key", "remove", pjwt_key_remove_run, "take a key away; its tokens are refused from then on",
     {"KID", 1, 1}, key_remove, "pamjwt key remove 2025-01 --issuer lab"},

    {"token", "mint", pjwt_token_mint_run, "sign a token with a key of our own",
     {"", 0, 0}, token_mint,
     "pamjwt token mint --issuer lab --sub alice --aud pam:web1 > token"},

    {"ticket", "issue", pjwt_ticket_issue_run, "make a session ticket; it is printed only once",
     {"", 0, 0}, ticket_issue, "pamjwt ticket issue --user alice --service sshd,sudo > ticket"},
    {"ticket", "exchange", pjwt_ticket_exchange_run, "make a ticket of a token that would log in here",
     {"", 0, 0}, ticket_exchange, "pamjwt ticket exchange --service sudo < token > ticket"},
    {"ticket", "renew", pjwt_ticket_renew_run, "a new secret and a new end for a ticket that is good",
     {"", 0, 0}, none, "pamjwt ticket renew < ticket > ticket.new"},
    {"ticket", "list", pjwt_ticket_list_run, "the tickets that are remembered",
     {"", 0, 0}, ticket_list, "pamjwt ticket list --user alice"},
    {"ticket", "show", pjwt_ticket_show_run, "all that is known about one ticket",
     {"ID", 1, 1}, json, "pamjwt ticket show 4fT9aXk02LmQ"},

    {"revoke", "ticket", pjwt_revoke_ticket_run, "end one ticket",
     {"ID", 1, 1}, reason, "pamjwt revoke ticket 4fT9aXk02LmQ --reason 'laptop lost'"},
    {"revoke", "jti", pjwt_revoke_jti_run, "end one token",
     {"SECTION JTI", 2, 2}, revoke_one, "pamjwt revoke jti corp 0f8fad5b-d9cb"},
    {"revoke", "user", pjwt_revoke_user_run, "end all that was issued for a user until now",
     {"USER", 1, 1}, revoke_dated, "pamjwt revoke user alice --reason 'laptop lost'"},
    {"revoke", "subject", pjwt_revoke_subject_run, "end all tokens of a subject issued until now",
     {"SECTION SUB", 2, 2}, revoke_dated, "pamjwt revoke subject corp 1f0c-77 --before 1h"},
    {"revoke", "issuer", pjwt_revoke_issuer_run, "end all tokens of an issuer issued until now",
     {"SECTION", 1, 1}, revoke_dated, "pamjwt revoke issuer corp --reason 'breach'"},
    {"revoke", "key", pjwt_revoke_key_run, "end all that a key signed, whatever its date",
     {"SECTION KID", 2, 2}, revoke_dated, "pamjwt revoke key corp 2025-01"},
    {"revoke", "list", pjwt_revoke_list_run, "what is revoked, and who is blocked",
     {"", 0, 0}, revoke_list, "pamjwt revoke list --kind user"},
    {"revoke", "undo", pjwt_revoke_undo_run, "take one of the list back",
     {"ID", 1, 1}, none, "pamjwt revoke undo 1zQ8mV0kYb3"},
    {"revoke", "export", pjwt_revoke_export_run, "all of it as JSON lines, for other machines",
     {"", 0, 0}, none, "pamjwt revoke export > revocations"},
    {"revoke", "import", pjwt_revoke_import_run, "add what another machine exported",
     {"[FILE|-]", 0, 1}, none, "ssh web1 pamjwt revoke export | pamjwt revoke import"},

    {"block", NULL, pjwt_block_run, "refuse a user, whatever the credential",
     {"USER", 1, 1}, block, "pamjwt block alice --until 8h"},
    {"unblock", NULL, pjwt_block_lift, "admit a user again",
     {"USER", 1, 1}, none, "pamjwt unblock alice"},

    {"login", "list", pjwt_login_list_run, "who is logged in, and what each login rests on",
     {"", 0, 0}, login_list, "pamjwt login list --user alice"},
    {"login", "end", pjwt_login_end_run, "end one login and everything in it",
     {"ID", 1, 1}, none, "pamjwt login end 1zQ8mV0kYb3"},
    {"reap", NULL, pjwt_reap_run, "end what has expired, forget logins that are gone; for a timer",
     {"", 0, 0}, none, "pamjwt reap"},
    {"prune", NULL, pjwt_prune_run, "forget what ended more than a week ago; for a timer",
     {"", 0, 0}, json, "pamjwt prune"},

    {"audit", NULL, pjwt_audit_run, "who issued, revoked and took back what, and why",
     {"", 0, 0}, audit, "pamjwt audit --since 24h --act revoke"},

    {"backup", NULL, pjwt_backup_run, "copy the session file, while logins go on",
     {"FILE", 1, 1}, none, "pamjwt backup /var/backups/sessions.db"},
    {"restore", NULL, pjwt_restore_run, "put a backup in the place of the session file",
     {"FILE", 1, 1}, none, "pamjwt restore /var/backups/sessions.db"},
    {"repair", NULL, pjwt_repair_run, "admit logins again, after a look at what refuses them all",
     {"", 0, 0}, repair, "pamjwt repair --accept-restore"},

    {NULL, NULL, NULL, NULL, {NULL, 0, 0}, NULL, NULL},
};
