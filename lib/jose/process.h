/* What may OpenSSL leave out in a process that is all ours? */
#ifndef PJWT_JOSE_PROCESS_H
#define PJWT_JOSE_PROCESS_H

#include <stdbool.h>

/*
 * Starts OpenSSL for a process that asks one question and ends: no texts for errors that nobody
 * prints, no table of the names that algorithms had before providers, nothing to tidy up at the
 * end. It must be the first that the process asks of OpenSSL, and only a process of our own may
 * ask: the flags hold for all that is in it. The administrator's openssl.cnf is read and obeyed
 * as ever. False: it could not be, and says that this matters (config_diagnostics).
 * OPENSSL_init_crypto(3), config(5).
 */
bool pjwt_process_start(void);

#endif
