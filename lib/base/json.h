/* Is this strict JSON, small enough to look at? RFC 8259, and RFC 7515 section 4 on duplicates.
 */
#ifndef PJWT_BASE_JSON_H
#define PJWT_BASE_JSON_H

#include "lib/base/own.h"
#include "lib/base/verdict.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define PJWT_JSON_DEPTH    8    /* nested objects and arrays */
#define PJWT_JSON_MEMBERS  64   /* in one object */
#define PJWT_JSON_ELEMENTS 1024 /* in one array */

PJWT_DEFINE_DROP(json, json_t, json_decref)

/*
 * Parses `len` bytes (borrowed) as one JSON object: valid UTF-8, no duplicate member at any
 * level, nothing behind it, no NUL inside a string, within the caps above, each checked before
 * what is beyond it is built. `*object` is owned by the caller.
 *
 * Reasons: JSON, NO_MEMORY; `*object` is untouched.
 */
pjwt_verdict pjwt_json_object(const char *text, size_t len, json_t **object) PJWT_MUST_USE;

/* A member that must be a string when present. `*value` is borrowed from `object`, NULL when
 * absent; false when it is something else. */
bool pjwt_json_string(const json_t *object, const char *name, const char **value) PJWT_MUST_USE;

/* A span of the text that was scanned: borrowed bytes, no NUL behind. */
struct pjwt_json_span {
    const char *at;
    size_t len;
};

/*
 * Scans `text` without building anything: well-formed, within the caps. When `member` is not
 * NULL the top-level object's member of that name must be an array (JSON otherwise), and `each`
 * is called with the span of each of its elements; when it returns false the scan ends as JSON.
 * So one key of a thousand is found without building the others.
 *
 * Reasons: JSON.
 */
typedef bool pjwt_json_each_fn(void *context, struct pjwt_json_span element);
pjwt_verdict pjwt_json_scan(const char *text, size_t len, const char *member,
                            pjwt_json_each_fn *each, void *context) PJWT_MUST_USE;

/*
 * The same, and `each` is also given the value of the member `name` of the element, as
 * pjwt_json_member() would find it: `value.at` is NULL when it has none. Reasons: JSON.
 */
typedef bool pjwt_json_named_fn(void *context, struct pjwt_json_span element,
                                struct pjwt_json_span value);
pjwt_verdict pjwt_json_scan_named(const char *text, size_t len, const char *member,
                                  const char *name, pjwt_json_named_fn *each,
                                  void *context) PJWT_MUST_USE;

/*
 * The value of the member `name` in the object that `element` spans (scanned already), by scan
 * alone: false when absent. `*value` spans the raw value, quotes included. A name that is spelt
 * with an escape is not found.
 */
bool pjwt_json_member(struct pjwt_json_span element, const char *name,
                      struct pjwt_json_span *value) PJWT_MUST_USE;

#endif
