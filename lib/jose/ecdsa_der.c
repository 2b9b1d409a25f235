#include "lib/jose/ecdsa_der.h"

#include "lib/base/own.h"

#include <openssl/ec.h>
#include <string.h>

PJWT_DEFINE_DROP(ecdsa_sig, ECDSA_SIG, ECDSA_SIG_free)

/* One INTEGER of X.690 section 8.3: no zero octet too many in front, and one where the number
 * would else be negative. Returns what stands behind it. */
static unsigned char *
put_integer(const unsigned char *n, size_t len, unsigned char *at)
{
    while (len > 1 && *n == 0) {
        n++;
        len--;
    }
    *at++ = V_ASN1_INTEGER;
    *at++ = (unsigned char)(len + (*n >> 7));
    if (*n >> 7 != 0) {
        *at++ = 0;
    }
    memcpy(at, n, len);
    return at + len;
}

size_t
pjwt_ecdsa_to_der(const unsigned char *raw, size_t bytes, unsigned char der[PJWT_ECDSA_DER_MAX])
{
    unsigned char body[PJWT_ECDSA_DER_MAX];
    unsigned char *end = put_integer(raw + bytes, bytes, put_integer(raw, bytes, body));
    size_t len = (size_t)(end - body);
    size_t head = 0;

    der[head++] = V_ASN1_CONSTRUCTED | V_ASN1_SEQUENCE;
    if (len > 127) { /* X.690 section 8.1.3.5: the long form, with one octet */
        der[head++] = 0x81;
    }
    der[head++] = (unsigned char)len;
    memcpy(der + head, body, len);
    return head + len;
}

bool
pjwt_ecdsa_from_der(const unsigned char *der, size_t len, size_t bytes, unsigned char *raw)
{
    PJWT_AUTO(ecdsa_sig) ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)len);
    int octets = (int)bytes;

    return sig != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, octets) == octets &&
           BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + bytes, octets) == octets;
}
