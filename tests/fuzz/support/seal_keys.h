/* Which keys open the fuzzed tokens? One of each kind and each way to use it, under the kids 0
 * to
 * 7. Their private halves are published: they are the keys of examples. */
#ifndef PJWT_FUZZ_SEAL_KEYS_H
#define PJWT_FUZZ_SEAL_KEYS_H

/* clang-format off */
static const char seal_set[] =
    "{\"keys\":["
    /* RFC 7520 section 5.2 */
    "{\"kid\":\"0\",\"kty\":\"RSA\",\"n\":\"wbdxI55VaanZXPY29Lg5hdmv2XhvqAhoxUkanfzf"
    "2-5zVUxa6prHRrI4pP1AhoqJRlZfYtWWd5mmHRG2pAHIlh0ySJ9wi0BioZBl1XP2e-C-"
    "FyXJGcTy0HdKQWlrfhTm42EW7Vv04r4gfao6uxjLGwfpGrZLarohiWCPnkNrg71S2CuN"
    "ZSQBIPGjXfkmIy2tl_VWgGnL22GplyXj5YlBLdxXp3XeStsqo571utNfoUTU8E4qdzJ3"
    "U1DItoVkPGsMwlmmnJiwA7sXRItBCivR4M5qnZtdw-7v4WuR4779ubDuJ5nalMv2S66-"
    "RPcnFAzWSKxtBDnFJJDGIUe7Tzizjg1nms0Xq_yPub_UOlWn0ec85FCft1hACpWG8sch"
    "rOBeNqHBODFskYpUc2LC5JA2TaPF2dA67dg1TTsC_FupfQ2kNGcE1LgprxKHcVWYQb86"
    "B-HozjHZcqtauBzFNV5tbTuB-TpkcvJfNcFLlH3b8mb-H_ox35FjqBSAjLKyoeqfKTpV"
    "jvXhd09knwgJf6VKq6UC418_TOljMVfFTWXUxlnfhOOnzW6HSSzD1c9WrCuVzsUMv54s"
    "zidQ9wf1cYWf3g5qFDxDQKis99gcDaiCAwM3yEBIzuNeeCa5dartHDb1xEB_HcHSeYbg"
    "hbMjGfasvKn0aZRsnTyC0xhWBlsolZE\",\"e\":\"AQAB\",\"d\":\"n7fzJc3_WG59VEOBTka"
    "yzuSMM780OJQuZjN_KbH8lOZG25ZoA7T4Bxcc0xQn5oZE5uSCIwg91oCt0JvxPcpmqza"
    "JZg1nirjcWZ-oBtVk7gCAWq-B3qhfF3izlbkosrzjHajIcY33HBhsy4_WerrXg4MDNE4"
    "HYojy68TcxT2LYQRxUOCf5TtJXvM8olexlSGtVnQnDRutxEUCwiewfmmrfveEogLx9EA"
    "-KMgAjTiISXxqIXQhWUQX1G7v_mV_Hr2YuImYcNcHkRvp9E7ook0876DhkO8v4UOZLwA"
    "1OlUX98mkoqwc58A_Y2lBYbVx1_s5lpPsEqbbH-nqIjh1fL0gdNfihLxnclWtW7pCztL"
    "nImZAyeCWAG7ZIfv-Rn9fLIv9jZ6r7r-MSH9sqbuziHN2grGjD_jfRluMHa0l84fFKl6"
    "bcqN1JWxPVhzNZo01yDF-1LiQnqUYSepPf6X3a2SOdkqBRiquE6EvLuSYIDpJq3jDIsg"
    "oL8Mo1LoomgiJxUwL_GWEOGu28gplyzm-9Q0U0nyhEf1uhSR8aJAQWAiFImWH5W_IQT9"
    "I7-yrindr_2fWQ_i1UgMsGzA7aOGzZfPljRy6z-tY_KuBG00-28S_aWvjyUc-Alp8AUy"
    "KjBZ-7CWH32fGWK48j1t-zomrwjL_mnhsPbGs0c9WsWgRzI-K8gE\",\"p\":\"7_2v3OQZz"
    "lPFcHyYfLABQ3XP85Es4hCdwCkbDeltaUXgVy9l9etKghvM4hRkOvbb01kYVuLFmxIkC"
    "Dtpi-zLCYAdXKrAK3PtSbtzld_XZ9nlsYa_QZWpXB_IrtFjVfdKUdMz94pHUhFGFj7nr"
    "6NNxfpiHSHWFE1zD_AC3mY46J961Y2LRnreVwAGNw53p07Db8yD_92pDa97vqcZOdgty"
    "bH9q6uma-RFNhO1AoiJhYZj69hjmMRXx-x56HO9cnXNbmzNSCFCKnQmn4GQLmRj9sfbZ"
    "RqL94bbtE4_e0Zrpo8RNo8vxRLqQNwIy85fc6BRgBJomt8QdQvIgPgWCv5HoQ\",\"q\":\""
    "zqOHk1P6WN_rHuM7ZF1cXH0x6RuOHq67WuHiSknqQeefGBA9PWs6ZyKQCO-O6mKXtcgE"
    "8_Q_hA2kMRcKOcvHil1hqMCNSXlflM7WPRPZu2qCDcqssd_uMbP-DqYthH_EzwL9KnYo"
    "H7JQFxxmcv5An8oXUtTwk4knKjkIYGRuUwfQTus0w1NfjFAyxOOiAQ37ussIcE6C6ZSs"
    "M3n41UlbJ7TCqewzVJaPJN5cxjySPZPD3Vp01a9YgAD6a3IIaKJdIxJS1ImnfPevSJQB"
    "E79-EXe2kSwVgOzvt-gsmM29QQ8veHy4uAqca5dZzMs7hkkHtw1z0jHV90epQJJlXXnH"
    "8Q\",\"dp\":\"19oDkBh1AXelMIxQFm2zZTqUhAzCIr4xNIGEPNoDt1jK83_FJA-xnx5kA7"
    "-1erdHdms_Ef67HsONNv5A60JaR7w8LHnDiBGnjdaUmmuO8XAxQJ_ia5mxjxNjS6E2yD"
    "44USo2JmHvzeeNczq25elqbTPLhUpGo1IZuG72FZQ5gTjXoTXC2-xtCDEUZfaUNh4IeA"
    "ipfLugbpe0JAFlFfrTDAMUFpC3iXjxqzbEanflwPvj6V9iDSgjj8SozSM0dLtxvu0LIe"
    "IQAeEgT_yXcrKGmpKdSO08kLBx8VUjkbv_3Pn20Gyu2YEuwpFlM_H1NikuxJNKFGmnAq"
    "9LcnwwT0jvoQ\",\"dq\":\"S6p59KrlmzGzaQYQM3o0XfHCGvfqHLYjCO557HYQf72O9kLM"
    "Cfd_1VBEqeD-1jjwELKDjck8kOBl5UvohK1oDfSP1DleAy-cnmL29DqWmhgwM1ip0CCN"
    "mkmsmDSlqkUXDi6sAaZuntyukyflI-qSQ3C_BafPyFaKrt1fgdyEwYa08pESKwwWisy7"
    "KnmoUvaJ3SaHmohFS78TJ25cfc10wZ9hQNOrIChZlkiOdFCtxDqdmCqNacnhgE3bZQjG"
    "p3n83ODSz9zwJcSUvODlXBPc2AycH6Ci5yjbxt4Ppox_5pjm6xnQkiPgj01GpsUssMmB"
    "N7iHVsrE7N2iznBNCeOUIQ\",\"qi\":\"FZhClBMywVVjnuUud-05qd5CYU0dK79akAgy9o"
    "X6RX6I3IIIPckCciRrokxglZn-omAY5CnCe4KdrnjFOT5YUZE7G_Pg44XgCXaarLQf4h"
    "l80oPEf6-jJ5Iy6wPRx7G2e8qLxnh9cOdf-kRqgOS3F48Ucvw3ma5V6KGMwQqWFeV31X"
    "tZ8l5cVI-I3NzBS7qltpUVgz2Ju021eyc7IlqgzR98qKONl27DuEES0aK0WE97jnsyO2"
    "7Yp88Wa2RiBrEocM89QZI1seJiGDizHRUP4UZxw9zsXww46wy0P6f9grnYp7t8LkyDDk"
    "8eoI4KX6SNMNVcyVS9IWjlq8EzqZEKIA\",\"alg\":\"RSA-OAEP-256\"},"
    /* RFC 7520 section 5.5 */
    "{\"kid\":\"1\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"Ze2loSV3wrroKUN_4zhwGhCqo3X"
    "hu1td4QjeQ5wIVR0\",\"y\":\"HlLtdXARY_f55A3fnzQbPcm6hgr34Mp8p-nuzQCE0Zw\","
    "\"d\":\"r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8\",\"alg\":\"ECDH-ES\"},"
    /* RFC 7520 section 5.4 */
    "{\"kid\":\"2\",\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"YU4rRUzdmVqmRtWOs2OpDE_T5fs"
    "NIodcG8G5FWPrTPMyxpzsSOGaQLpe2FpxBmu2\",\"y\":\"A8-yxCHxkfBz3hKZfI1jUYMj"
    "UhsEveZ9THuwFjH2sCNdtksRJU7D5-SkgaFL1ETP\",\"d\":\"iTx2pk7wW-GqJkHcEkFQb"
    "2EFyYcO7RugmaW3mRrQVAOUiPommT0IdnYK2xDlZh-j\",\"alg\":\"ECDH-ES+A128KW\"}"
    ","
    /* RFC 8037 section A.6 */
    "{\"kid\":\"3\",\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"3p7bfXt9wbTTW2HC7OQ1Nz-DQ"
    "8hbeGdNrfx-FG-IK08\",\"d\":\"XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os"
    "\",\"alg\":\"ECDH-ES+A256KW\"},"
    /* RFC 7520 section 5.8 */
    "{\"kid\":\"4\",\"kty\":\"oct\",\"k\":\"GZy6sIZ6wl9NJOKB-jnmVQ\",\"alg\":\"A128KW\"},"
    /* counted bytes */
    "{\"kid\":\"5\",\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd"
    "Hh8\",\"alg\":\"A256KW\"},"
    /* counted bytes */
    "{\"kid\":\"6\",\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd"
    "Hh8\",\"alg\":\"A256GCM\"},"
    /* bytes of our own */
    "{\"kid\":\"7\",\"kty\":\"oct\",\"k\":\"HxwdHhkaGxgVFhcUERITEA0ODwwJCgsIBQYHBAEC"
    "AwA\",\"alg\":\"A128CBC-HS256\"}]}";
/* clang-format on */

#endif
