/* Why does each reason of lib/base/verdict.h come about, and what is there to do? One row for
 * each, in the order of that list; tests/cli/test_reasons.sh finds what is missing. `explain`
 * shows both, every command that refuses shows the cure. */
#ifndef PJWT_CMD_ADVICE_ROWS_H
#define PJWT_CMD_ADVICE_ROWS_H

#define PJWT_SAFE "make it and the directories above it root's, and writable by nobody else"

/* clang-format off */
/*    name, cause, cure: words without a full stop */
#define PJWT_ADVICE(X) \
    X(UNSET, "a path of the program forgot to decide, so it refused", \
      "report it, with the line of the log") \
    X(OK, "the credential is good, for this user and service, now", \
      "nothing is to be done") \
    X(NO_MEMORY, "the machine, or a limit of the service, left no memory for the decision", \
      "try again when the machine has memory to spare") \
    X(INTERNAL, "a library or the system failed where it should not", \
      "report it, with the line of the log") \
    X(ARGUMENT, "a word behind pam_jwt.so in /etc/pam.d is unknown, twice there or no absolute path", \
      "mend that line: config=PATH, verify=PATH, debug, try_first_pass and use_first_pass exist") \
    X(CONVERSATION, "the person pressed interrupt, or the program cannot ask", \
      "for sshd set KbdInteractiveAuthentication yes") \
    X(JUDGE_START, "pamjwt-verify is not at its place, or not root's alone", \
      "install it again: `make install`, with the same PREFIX as the module; make the directories above it root's, writable by nobody else") \
    X(JUDGE_SILENT, "the judge was killed or crashed before it answered", \
      "look at the kernel's log; run `pamjwt explain` with the same credential") \
    X(JUDGE_LATE, "the machine is overloaded, the disk hangs, or the service was stopped meanwhile", \
      "try again") \
    X(JUDGE_ANSWER, "module and judge come from different builds", \
      "install both again") \
    X(QUESTION, "module and judge come from different builds", \
      "install both again") \
    X(PROCESS, "the service runs under limits, a scheduler class or a cgroup that somebody else controls", \
      "start the service without them; the log says which one it is") \
    X(CONFIG_MISSING, "nothing was set up yet, or the file was moved away", \
      "run `pamjwt init`, then describe an issuer or a service in the file") \
    X(CONFIG_EMPTY, "the file holds comments only", \
      "describe an issuer or a service in it") \
    X(CONFIG_UNSAFE, "the file, or a directory above it, is not root's or writable by others", \
      "make it and the directories above it root's, writable by nobody else") \
    X(CONFIG_UNREAD, "this process may not read the file, or it is no regular file", \
      "run this as root, or name another file with --config") \
    X(CONFIG_BAD, "an option or section is unknown, malformed or there twice", \
      "mend that line; until then every login is refused") \
    X(SERVICE_NONE, "the program's PAM service stands in no [service NAME...]", \
      "add a [service NAME] section for it") \
    X(STORE_MISSING, "nothing was set up yet, or the file was removed; a login never makes it", \
      "run `pamjwt init` only when it was never made, since a new one knows of no revocation; else mount its disk, or `pamjwt restore` a backup") \
    X(STORE_UNSAFE, "the session file or its directory is not root's alone", \
      "make the directory root's with mode 0700, its files 0600") \
    X(STORE_UNREAD, "this process may not open the session file, or its disk cannot be written", \
      "run this as root, on a file system that can be written") \
    X(STORE_DAMAGED, "a bad disk, a cut copy or another program changed the session file", \
      "restore it from a backup; until then logins are refused") \
    X(STORE_BEHIND, "an older copy of the session file was put in its place, its log lost commits, or sessions.guard is gone", \
      "put the newest file back; if there is none, `pamjwt repair --accept-restore`") \
    X(STORE_SCHEMA, "another version of the program made or changed the session file", \
      "run `pamjwt init` of the newest version that is installed") \
    X(STORE_BUSY, "another login or command was writing for seconds", \
      "another command or login is writing: try again") \
    X(STORE_FULL, "the file system of the session file is full", \
      "make room on that file system") \
    X(CLOCK_BACK, "the clock stands more than two minutes behind where a login saw it", \
      "set the clock right; if it is right, `pamjwt repair --clock`") \
    X(STORE_CONFLICT, "two processes chose the same random name", \
      "try again") \
    X(NOT_FOUND, "the name is mistyped, or what it named is gone", \
      "check the name: `pamjwt ticket list`, `pamjwt key list`") \
    X(EMPTY, "an empty answer was given at the prompt", \
      "type or paste the token or ticket") \
    X(FIRST_PASS, "the pam.d line says use_first_pass, and no module above it asked for a token", \
      "put a module that asks above it, or take use_first_pass out of the line") \
    X(TOO_LONG, "the token carries more than a login needs, or something else was pasted", \
      "ask the issuer for a smaller token, or use a ticket") \
    X(PART_REPEATED, "the ssh password method answers every prompt with the same string", \
      "let the client use keyboard-interactive, or use a ticket, which fits one prompt") \
    X(MALFORMED, "it was mistyped or cut on its way, or it is a password", \
      "hand over the whole token; pamjwt-askpass sends a long one in parts") \
    X(KIND_REFUSED, "the service's accept does not list that kind", \
      "use the other kind, or list it in accept") \
    X(ENCRYPTED, "no issuer that the service accepts has a decrypt option", \
      "name a set of decryption keys with decrypt, or ask the issuer for tokens that are only signed") \
    X(DECRYPT, "it was altered on its way, or encrypted for an older key of the same kid", \
      "fetch a new token; give the issuer our public key again: `pamjwt key show`") \
    X(ISSUER_DECRYPT, "the decrypt of the issuer that made it names another set", \
      "give that issuer the public key of its own set") \
    X(BASE64URL, "the token was cut or altered on its way", \
      "copy it again, whole") \
    X(JSON, "the issuer made it wrong: a member twice, bad UTF-8, or nested too deeply", \
      "report it to the issuer") \
    X(HEADER, "the issuer uses a header that a login token has no need of", \
      "ask the issuer for a plain token") \
    X(HEADER_KEY, "the token says where its own key is, which proves nothing", \
      "ask the issuer to leave jwk, jku, x5u and x5c out") \
    X(HEADER_CRIT, "the token is only to be read by who knows its extension", \
      "ask the issuer for tokens without extensions") \
    X(ALG_UNKNOWN, "the token is signed in a way that this program does not have, or not at all", \
      "`pamjwt version --json` lists the algorithms: ask the issuer for one of them") \
    X(ALG_REFUSED, "the issuer signs in another way than its section says", \
      "list it in the issuer's algorithms, if it should count") \
    X(ALG_MISMATCH, "most likely forged; else the issuer changed a key under its old name", \
      "if the issuer changed its key: `pamjwt key remove`, then `pamjwt key add`") \
    X(ALG_UNPINNED, "the key set says no alg, and the issuer's algorithms list several of its type", \
      "give the key an alg, or list a single algorithm of its type in algorithms") \
    X(ISSUER_MISSING, "the token has no iss, or one that is no string", \
      "ask the issuer to name itself in iss") \
    X(ISSUER_UNKNOWN, "iss is compared byte for byte, a last / too", \
      "compare iss with the [issuer] sections, or add one for it") \
    X(ISSUER_REFUSED, "the service's issuers do not name that section", \
      "add it to the issuers of that service, if it should count") \
    X(KEYS_UNREAD, "no keys were installed yet, or the file may not be read", \
      "run this as root, if you are not; `pamjwt key add` or `pamjwt key new` installs keys, `pamjwt init` makes the directories") \
    X(KEYS_UNSAFE, "the file, or a directory above it, is not root's or writable by others", \
      PJWT_SAFE) \
    X(KEYS_BAD, "the file was edited or cut", \
      "mend the file, or remove it and add the keys again") \
    X(KID_UNKNOWN, "the issuer has new keys, or the token is another issuer's", \
      "add the issuer's new keys: `pamjwt key add`") \
    X(KID_MISSING, "the token names no key, and there is not exactly one that it could mean", \
      "ask the issuer to name the key, or keep one key alone") \
    X(KID_DUPLICATE, "two keys bear the same name, so none can be meant", \
      "`pamjwt key remove` the old one first, or give the new one another kid") \
    X(KEY_BAD, "a member of the key is missing or malformed", \
      "take the key from the issuer again, whole") \
    X(KEY_WEAK, "such a key can be broken, or verifies anything", \
      "ask the issuer for a stronger key: RSA from 2048 bits, with an exponent from 65537") \
    X(KEY_PRIVATE, "who holds such a key can make tokens", \
      "install the public key only: remove d, p, q, dp, dq, qi and k") \
    X(KEY_MIXED, "the issuer has hmac = yes, and its set holds public keys too", \
      "with hmac = yes only keys of kty oct belong there") \
    X(KEY_UNUSABLE, "the kid names a key that is for something else, or of a type that we do not have", \
      "`pamjwt key list` says why; ask the issuer to sign with another key") \
    X(SIGNATURE, "forged, altered on its way, or signed by a key that replaced ours under the same kid", \
      "fetch a new token; if that is refused too, add the issuer's keys again") \
    X(TYPE, "the issuer's type does not list the typ of the token's header", \
      "ask the issuer for at+jwt, or list what it sends in type") \
    X(CLAIM_MISSING, "iss, aud, sub, exp and iat must be there", \
      "ask the issuer to set the claim") \
    X(CLAIM_BAD, "the issuer writes the claim in another form than its RFC", \
      "ask the issuer to mend the claim") \
    X(AUDIENCE, "aud holds none of the issuer's audience, byte for byte", \
      "ask for a token for this machine, or add its audience to audience") \
    X(EXPIRED, "the token's time is over", \
      "fetch a new token") \
    X(NOT_YET, "the token is for later, or a clock is wrong by more than leeway", \
      "wait, or set the clocks right") \
    X(IAT_FUTURE, "the issuer's clock is ahead of ours by more than leeway", \
      "set the clocks right; a small lasting difference is what leeway is for") \
    X(LIFETIME, "the issuer makes tokens that live longer than its section admits", \
      "ask the issuer for shorter tokens, or raise max_lifetime (at most 28h)") \
    X(EVENTS, "it tells of an event and was never meant for a login", \
      "use an access token") \
    X(CNF, "cnf names a key of which this login has no proof", \
      "log in with that key, or ask the issuer for a token without cnf") \
    X(CNF_OTHER, "the ssh key that sshd saw proved is not the one that cnf names", \
      "log in with the key that the token was made for: ssh -i") \
    X(CNF_KIND, "cnf has other members than jkt or jwk, or several", \
      "ask the issuer for a token bound by jkt or jwk, or for one without cnf") \
    X(CNF_MISSING, "the token is bound to no key, and bind_key = required asks for one", \
      "ask for a token bound to the ssh key, or set bind_key = if-present") \
    X(SSH_KEY, "SSH_AUTH_INFO_0 holds a key that is malformed, a security key or DSA", \
      "log in with an Ed25519, ECDSA or RSA key") \
    X(USER_CLAIM, "the issuer's user names a claim that the token does not have", \
      "name the right claim in user") \
    X(REQUIRE, "the token, or the claims saved in the ticket, do not hold what a section requires", \
      "look at require in the section named, or at what the issuer puts into the token") \
    X(AUTH_AGE, "auth_time is absent, or longer ago than max_auth_age", \
      "sign in at the issuer again; ask it to put auth_time into its tokens") \
    X(CLAIMS_AGE, "the token behind the ticket is older than claims_max_age", \
      "exchange a fresh token for a new ticket") \
    X(USER_SUFFIX, "the value of the user claim ends in something else than user_strip", \
      "set user_strip to what your names end in, or name another claim in user") \
    X(MAP_UNREAD, "there is no file of that name beside the config file, or it may not be read", \
      "make the file that user_map names") \
    X(MAP_UNSAFE, "others may change the user map or a directory above it", \
      PJWT_SAFE) \
    X(MAP_BAD, "a line of the map is none of user VALUE, too long, or there twice", \
      "mend that line; until then every login of that issuer is refused") \
    X(USER_UNMAPPED, "no line of the map has the value of the user claim", \
      "add a line to the map: the local user, a blank, the value") \
    X(USER_NAME, "local names have 1 to 32 of a-z 0-9 _ . - and start with a letter or _", \
      "name a claim with such a value in user; nothing is cut off or folded") \
    X(USER_MISMATCH, "the credential names one user and the login another", \
      "log in as the user whom the credential names") \
    X(USER_UNKNOWN, "neither the user database nor a directory has that very name", \
      "create the user, or mend NSS: `getent passwd NAME`") \
    X(USER_SYSTEM, "uids below 1000, and 65534, belong to the system", \
      "list the user in [root] system_users, if it should log in") \
    X(GROUP, "require_group names a local group that the user is not in", \
      "add the user to the group, or take require_group out") \
    X(TICKET_BAD, "a letter is wrong or missing: its check digits do not fit", \
      "copy all 67 characters") \
    X(TICKET_UNKNOWN, "it was made on another machine, it is old and forgotten, or it is a guess", \
      "issue a ticket here: `pamjwt ticket issue`") \
    X(TICKET_FUTURE, "the clock was ahead when the ticket was made, or is behind now", \
      "set the clock right; if it is, `pamjwt revoke ticket` and issue another") \
    X(TICKET_EXPIRED, "the ticket's time is over", \
      "issue a new ticket: `pamjwt ticket issue`") \
    X(TICKET_IDLE, "no login has used it within its idle time", \
      "issue or exchange a new one; `pamjwt ticket renew` counts as a use, too") \
    X(TICKET_FROM, "it was issued with --from, and the login comes from elsewhere, from nowhere that is known, or by a name", \
      "log in from an address of that network, or issue another ticket") \
    X(TICKET_FIXED, "[tickets] renewable was 0s when it was made, it is good once, or its time to be renewed is over", \
      "issue or exchange a new one") \
    X(TICKET_SERVICE, "the ticket was issued for other services", \
      "issue a ticket for this service too") \
    X(TICKET_LOGIN, "login_ticket gave it to one login, and that has logged out or its process was killed", \
      "log in again: the new login has a ticket of its own") \
    X(TICKET_SPENT, "it was issued with --one-time, and a login has used it", \
      "issue another") \
    X(TICKET_REVOKED, "somebody ended it: `pamjwt ticket show ID` says who and why", \
      "issue a new ticket, if it was a mistake") \
    X(REPLAYED, "the issuer has one_time = yes, and a login has used this token", \
      "get a new token for each login") \
    X(JTI_REVOKED, "somebody ended this very token", \
      "fetch a new token, if it was a mistake") \
    X(USER_REVOKED, "somebody ended all that the user was issued until then", \
      "fetch a new token or issue a new ticket, if the person may") \
    X(SUBJECT_REVOKED, "somebody ended all that the issuer gave this subject until then", \
      "fetch a new token, if the person may") \
    X(ISSUER_REVOKED, "somebody ended all that the issuer made until then", \
      "fetch a new token, once the issuer is trusted again") \
    X(KEY_REVOKED, "somebody ended the key that signed it", \
      "the issuer must sign with another key") \
    X(USER_BLOCKED, "somebody keeps the user out", \
      "`pamjwt unblock NAME`, if it was a mistake") \
    X(NOT_OURS, "a public key or a sudo timestamp that is still good let the user in", \
      "nothing: the other lines of the stack decide") \
    X(TOKEN_ONLY, "the service has token_only = yes, and the login came another way", \
      "log in with a token or a ticket, or take token_only out of that service") \
    X(USER_CHANGED, "another module or the program changed the user after the login", \
      "look at the lines before ours in /etc/pam.d") \
    X(LOGIN_UNKNOWN, "the session came later than 120 seconds, from another process, or the user set PAMJWT_LOGIN", \
      "log in again; if it stays, look at the session lines in /etc/pam.d")
/* clang-format on */

#endif
