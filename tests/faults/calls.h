/* Which calls of lib/ can be made to fail? One row each: what it returns, how it says that it
 * failed, its name, its parameters, the same as arguments. The linker puts ours in the place of
 * the real ones (--wrap, from this table); tests/faults/complete.sh finds what has no row. */
#ifndef PJWT_FAULTS_CALLS_H
#define PJWT_FAULTS_CALLS_H

#include <dirent.h>
#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

typedef unsigned char octet;

/* clang-format off */
#define FAULT_CALLS(X) \
    X(void *, NULL, malloc, (size_t a), (a)) \
    X(void *, NULL, calloc, (size_t a, size_t b), (a, b)) \
    X(void *, NULL, realloc, (void *a, size_t b), (a, b)) \
    X(void *, NULL, reallocarray, (void *a, size_t b, size_t c), (a, b, c)) \
    X(char *, NULL, strdup, (const char *a), (a)) \
    X(char *, NULL, strndup, (const char *a, size_t b), (a, b)) \
    X(ssize_t, -1, read, (int a, void *b, size_t c), (a, b, c)) \
    X(ssize_t, -1, pread, (int a, void *b, size_t c, off_t d), (a, b, c, d)) \
    X(ssize_t, -1, pwrite, (int a, const void *b, size_t c, off_t d), (a, b, c, d)) \
    X(int, -1, fdatasync, (int a), (a)) \
    X(ssize_t, -1, write, (int a, const void *b, size_t c), (a, b, c)) \
    X(int, -1, mkdirat, (int a, const char *b, mode_t c), (a, b, c)) \
    X(int, -1, fchmod, (int a, mode_t b), (a, b)) \
    X(int, -1, fchown, (int a, uid_t b, gid_t c), (a, b, c)) \
    X(int, -1, fstatat, (int a, const char *b, struct stat *c, int d), (a, b, c, d)) \
    X(int, -1, fstat, (int a, struct stat *b), (a, b)) \
    X(int, -1, flock, (int a, int b), (a, b)) \
    X(int, -1, openat, (int a, const char *b, int c, mode_t d), (a, b, c, d)) \
    X(int, -1, open, (const char *a, int b, mode_t c), (a, b, c)) \
    X(DIR *, NULL, fdopendir, (int a), (a)) \
    X(struct dirent *, NULL, readdir, (DIR *a), (a)) \
    X(ssize_t, -1, getrandom, (void *a, size_t b, unsigned c), (a, b, c)) \
    X(int, 0, RAND_bytes, (octet *a, int b), (a, b)) \
    X(int, 0, RAND_priv_bytes, (octet *a, int b), (a, b)) \
    X(BIGNUM *, NULL, BN_new, (void), ()) \
    X(BIGNUM *, NULL, BN_secure_new, (void), ()) \
    X(BN_CTX *, NULL, BN_CTX_new, (void), ()) \
    X(BIGNUM *, NULL, BN_bin2bn, (const octet *a, int b, BIGNUM *c), (a, b, c)) \
    X(BIGNUM *, NULL, BN_lebin2bn, (const octet *a, int b, BIGNUM *c), (a, b, c)) \
    X(int, 0, BN_set_word, (BIGNUM *a, BN_ULONG b), (a, b)) \
    X(int, 0, BN_add_word, (BIGNUM *a, BN_ULONG b), (a, b)) \
    X(int, 0, BN_sub_word, (BIGNUM *a, BN_ULONG b), (a, b)) \
    X(int, 0, BN_mul_word, (BIGNUM *a, BN_ULONG b), (a, b)) \
    X(int, 0, BN_sub, (BIGNUM *a, const BIGNUM *b, const BIGNUM *c), (a, b, c)) \
    X(int, 0, BN_nnmod, (BIGNUM *a, const BIGNUM *b, const BIGNUM *c, BN_CTX *d), (a, b, c, d)) \
    X(int, 0, BN_mod_sqr, (BIGNUM *a, const BIGNUM *b, const BIGNUM *c, BN_CTX *d), (a, b, c, d)) \
    X(int, 0, BN_mod_mul, (BIGNUM *a, const BIGNUM *b, const BIGNUM *c, const BIGNUM *d, BN_CTX *e), (a, b, c, d, e)) \
    X(int, -2, BN_kronecker, (const BIGNUM *a, const BIGNUM *b, BN_CTX *c), (a, b, c)) \
    X(OSSL_PARAM_BLD *, NULL, OSSL_PARAM_BLD_new, (void), ()) \
    X(OSSL_PARAM *, NULL, OSSL_PARAM_BLD_to_param, (OSSL_PARAM_BLD *a), (a)) \
    X(int, 0, OSSL_PARAM_BLD_push_BN, (OSSL_PARAM_BLD *a, const char *b, const BIGNUM *c), (a, b, c)) \
    X(int, 0, OSSL_PARAM_BLD_push_octet_string, (OSSL_PARAM_BLD *a, const char *b, const void *c, size_t d), (a, b, c, d)) \
    X(int, 0, OSSL_PARAM_BLD_push_utf8_string, (OSSL_PARAM_BLD *a, const char *b, const char *c, size_t d), (a, b, c, d)) \
    X(EVP_MD_CTX *, NULL, EVP_MD_CTX_new, (void), ()) \
    X(int, 0, EVP_MD_CTX_copy_ex, (EVP_MD_CTX *a, const EVP_MD_CTX *b), (a, b)) \
    X(EVP_MD *, NULL, EVP_MD_fetch, (OSSL_LIB_CTX *a, const char *b, const char *c), (a, b, c)) \
    X(int, 0, EVP_DigestInit_ex, (EVP_MD_CTX *a, const EVP_MD *b, ENGINE *c), (a, b, c)) \
    X(int, 0, EVP_DigestInit_ex2, (EVP_MD_CTX *a, const EVP_MD *b, const OSSL_PARAM *c), (a, b, c)) \
    X(int, 0, EVP_DigestUpdate, (EVP_MD_CTX *a, const void *b, size_t c), (a, b, c)) \
    X(int, 0, EVP_DigestFinal_ex, (EVP_MD_CTX *a, octet *b, unsigned *c), (a, b, c)) \
    X(int, 0, EVP_Q_digest, (OSSL_LIB_CTX *a, const char *b, const char *c, const void *d, size_t e, octet *f, size_t *g), (a, b, c, d, e, f, g)) \
    X(octet *, NULL, EVP_Q_mac, (OSSL_LIB_CTX *a, const char *b, const char *c, const char *d, const OSSL_PARAM *e, const void *f, size_t g, const octet *h, size_t i, octet *j, size_t k, size_t *l), (a, b, c, d, e, f, g, h, i, j, k, l)) \
    X(EVP_MAC *, NULL, EVP_MAC_fetch, (OSSL_LIB_CTX *a, const char *b, const char *c), (a, b, c)) \
    X(EVP_MAC_CTX *, NULL, EVP_MAC_CTX_new, (EVP_MAC *a), (a)) \
    X(int, 0, EVP_MAC_init, (EVP_MAC_CTX *a, const octet *b, size_t c, const OSSL_PARAM *d), (a, b, c, d)) \
    X(int, 0, EVP_MAC_update, (EVP_MAC_CTX *a, const octet *b, size_t c), (a, b, c)) \
    X(int, 0, EVP_MAC_final, (EVP_MAC_CTX *a, octet *b, size_t *c, size_t d), (a, b, c, d)) \
    X(EVP_KDF *, NULL, EVP_KDF_fetch, (OSSL_LIB_CTX *a, const char *b, const char *c), (a, b, c)) \
    X(EVP_KDF_CTX *, NULL, EVP_KDF_CTX_new, (EVP_KDF *a), (a)) \
    X(int, 0, EVP_KDF_derive, (EVP_KDF_CTX *a, octet *b, size_t c, const OSSL_PARAM *d), (a, b, c, d)) \
    X(EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new_from_name, (OSSL_LIB_CTX *a, const char *b, const char *c), (a, b, c)) \
    X(EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new_from_pkey, (OSSL_LIB_CTX *a, EVP_PKEY *b, const char *c), (a, b, c)) \
    X(EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new, (EVP_PKEY *a, ENGINE *b), (a, b)) \
    X(int, 0, EVP_PKEY_CTX_set_params, (EVP_PKEY_CTX *a, const OSSL_PARAM *b), (a, b)) \
    X(int, 0, EVP_PKEY_CTX_set_rsa_padding, (EVP_PKEY_CTX *a, int b), (a, b)) \
    X(int, 0, EVP_PKEY_CTX_set_rsa_pss_saltlen, (EVP_PKEY_CTX *a, int b), (a, b)) \
    X(int, 0, EVP_PKEY_CTX_set_rsa_oaep_md_name, (EVP_PKEY_CTX *a, const char *b, const char *c), (a, b, c)) \
    X(int, 0, EVP_PKEY_CTX_set_rsa_mgf1_md_name, (EVP_PKEY_CTX *a, const char *b, const char *c), (a, b, c)) \
    X(int, 0, EVP_PKEY_fromdata_init, (EVP_PKEY_CTX *a), (a)) \
    X(int, 0, EVP_PKEY_fromdata, (EVP_PKEY_CTX *a, EVP_PKEY **b, int c, OSSL_PARAM *d), (a, b, c, d)) \
    X(EVP_PKEY *, NULL, EVP_PKEY_new_raw_public_key, (int a, ENGINE *b, const octet *c, size_t d), (a, b, c, d)) \
    X(EVP_PKEY *, NULL, EVP_PKEY_new_raw_public_key_ex, (OSSL_LIB_CTX *a, const char *b, const char *c, const octet *d, size_t e), (a, b, c, d, e)) \
    X(EVP_PKEY *, NULL, EVP_PKEY_new_raw_private_key, (int a, ENGINE *b, const octet *c, size_t d), (a, b, c, d)) \
    X(EVP_PKEY *, NULL, EVP_PKEY_new_raw_private_key_ex, (OSSL_LIB_CTX *a, const char *b, const char *c, const octet *d, size_t e), (a, b, c, d, e)) \
    X(int, 0, EVP_PKEY_get_raw_public_key, (const EVP_PKEY *a, octet *b, size_t *c), (a, b, c)) \
    X(int, 0, EVP_PKEY_get_raw_private_key, (const EVP_PKEY *a, octet *b, size_t *c), (a, b, c)) \
    X(int, 0, EVP_PKEY_get_int_param, (const EVP_PKEY *a, const char *b, int *c), (a, b, c)) \
    X(int, 0, EVP_PKEY_get_group_name, (const EVP_PKEY *a, char *b, size_t c, size_t *d), (a, b, c, d)) \
    X(int, 0, EVP_PKEY_get_bn_param, (const EVP_PKEY *a, const char *b, BIGNUM **c), (a, b, c)) \
    X(int, 0, EVP_PKEY_get_octet_string_param, (const EVP_PKEY *a, const char *b, octet *c, size_t d, size_t *e), (a, b, c, d, e)) \
    X(int, 0, EVP_PKEY_public_check, (EVP_PKEY_CTX *a), (a)) \
    X(int, 0, EVP_PKEY_public_check_quick, (EVP_PKEY_CTX *a), (a)) \
    X(int, 0, EVP_PKEY_private_check, (EVP_PKEY_CTX *a), (a)) \
    X(int, 0, EVP_PKEY_pairwise_check, (EVP_PKEY_CTX *a), (a)) \
    X(int, 0, EVP_PKEY_verify_init, (EVP_PKEY_CTX *a), (a)) \
    X(int, -1, EVP_PKEY_verify, (EVP_PKEY_CTX *a, const octet *b, size_t c, const octet *d, size_t e), (a, b, c, d, e)) \
    X(int, 0, EVP_PKEY_decrypt_init, (EVP_PKEY_CTX *a), (a)) \
    X(int, 0, EVP_PKEY_decrypt, (EVP_PKEY_CTX *a, octet *b, size_t *c, const octet *d, size_t e), (a, b, c, d, e)) \
    X(int, 0, EVP_PKEY_derive_init, (EVP_PKEY_CTX *a), (a)) \
    X(int, 0, EVP_PKEY_derive_set_peer, (EVP_PKEY_CTX *a, EVP_PKEY *b), (a, b)) \
    X(int, 0, EVP_PKEY_derive_set_peer_ex, (EVP_PKEY_CTX *a, EVP_PKEY *b, int c), (a, b, c)) \
    X(int, 0, EVP_PKEY_derive, (EVP_PKEY_CTX *a, octet *b, size_t *c), (a, b, c)) \
    X(int, 0, EVP_DigestVerifyInit, (EVP_MD_CTX *a, EVP_PKEY_CTX **b, const EVP_MD *c, ENGINE *d, EVP_PKEY *e), (a, b, c, d, e)) \
    X(int, 0, EVP_DigestVerifyInit_ex, (EVP_MD_CTX *a, EVP_PKEY_CTX **b, const char *c, OSSL_LIB_CTX *d, const char *e, EVP_PKEY *f, const OSSL_PARAM *g), (a, b, c, d, e, f, g)) \
    X(int, -1, EVP_DigestVerify, (EVP_MD_CTX *a, const octet *b, size_t c, const octet *d, size_t e), (a, b, c, d, e)) \
    X(int, 0, EVP_DigestSignInit_ex, (EVP_MD_CTX *a, EVP_PKEY_CTX **b, const char *c, OSSL_LIB_CTX *d, const char *e, EVP_PKEY *f, const OSSL_PARAM *g), (a, b, c, d, e, f, g)) \
    X(int, 0, EVP_DigestSign, (EVP_MD_CTX *a, octet *b, size_t *c, const octet *d, size_t e), (a, b, c, d, e)) \
    X(EVP_CIPHER_CTX *, NULL, EVP_CIPHER_CTX_new, (void), ()) \
    X(int, 0, EVP_CIPHER_CTX_ctrl, (EVP_CIPHER_CTX *a, int b, int c, void *d), (a, b, c, d)) \
    X(EVP_CIPHER *, NULL, EVP_CIPHER_fetch, (OSSL_LIB_CTX *a, const char *b, const char *c), (a, b, c)) \
    X(int, 0, EVP_CipherInit_ex2, (EVP_CIPHER_CTX *a, const EVP_CIPHER *b, const octet *c, const octet *d, int e, const OSSL_PARAM *f), (a, b, c, d, e, f)) \
    X(int, 0, EVP_CIPHER_CTX_set_padding, (EVP_CIPHER_CTX *a, int b), (a, b)) \
    X(int, 0, EVP_CipherUpdate, (EVP_CIPHER_CTX *a, octet *b, int *c, const octet *d, int e), (a, b, c, d, e)) \
    X(int, 0, EVP_CipherFinal_ex, (EVP_CIPHER_CTX *a, octet *b, int *c), (a, b, c)) \
    X(int, 0, EVP_DecryptInit_ex, (EVP_CIPHER_CTX *a, const EVP_CIPHER *b, ENGINE *c, const octet *d, const octet *e), (a, b, c, d, e)) \
    X(int, 0, EVP_DecryptInit_ex2, (EVP_CIPHER_CTX *a, const EVP_CIPHER *b, const octet *c, const octet *d, const OSSL_PARAM *e), (a, b, c, d, e)) \
    X(int, 0, EVP_DecryptUpdate, (EVP_CIPHER_CTX *a, octet *b, int *c, const octet *d, int e), (a, b, c, d, e)) \
    X(int, 0, EVP_DecryptFinal_ex, (EVP_CIPHER_CTX *a, octet *b, int *c), (a, b, c))
/* clang-format on */

#endif
