/* Who releases what OpenSSL lends for encryption? For the files of this folder alone. */
#ifndef PJWT_JOSE_JWE_EVP_H
#define PJWT_JOSE_JWE_EVP_H

#include "lib/jose/evp.h"

PJWT_DEFINE_DROP(cipher, EVP_CIPHER, EVP_CIPHER_free)
PJWT_DEFINE_DROP(cipher_ctx, EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
PJWT_DEFINE_DROP(mac, EVP_MAC, EVP_MAC_free)
PJWT_DEFINE_DROP(mac_ctx, EVP_MAC_CTX, EVP_MAC_CTX_free)
PJWT_DEFINE_DROP(md, EVP_MD, EVP_MD_free)

#endif
