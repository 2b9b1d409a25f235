#include "lib/wire/grant.h"

enum tag {
    TAG_USER = PJWT_TAG_GRANT,
    TAG_SERVICE,
    TAG_TICKET,
    TAG_ISS,
    TAG_SUB,
    TAG_JTI,
    TAG_KID,
    TAG_IAT,
    TAG_AUTH_TIME,
    TAG_ISSUED,
    TAG_EXPIRES,
    TAG_LEEWAY
};

void
pjwt_grant_write(struct pjwt_writer *w, const struct pjwt_grant *grant)
{
    pjwt_writer_text(w, TAG_USER, grant->user);
    pjwt_writer_text(w, TAG_SERVICE, grant->service);
    pjwt_writer_text(w, TAG_TICKET, grant->ticket);
    pjwt_writer_text(w, TAG_ISS, grant->iss);
    pjwt_writer_text(w, TAG_SUB, grant->sub);
    pjwt_writer_text(w, TAG_JTI, grant->jti);
    pjwt_writer_text(w, TAG_KID, grant->kid);
    pjwt_writer_number(w, TAG_IAT, grant->iat);
    pjwt_writer_number(w, TAG_AUTH_TIME, grant->auth_time);
    pjwt_writer_number(w, TAG_ISSUED, grant->issued);
    pjwt_writer_number(w, TAG_EXPIRES, grant->expires);
    pjwt_writer_number(w, TAG_LEEWAY, grant->leeway);
}

void
pjwt_grant_read(struct pjwt_reader *r, struct pjwt_grant *grant)
{
    pjwt_reader_text(r, TAG_USER, grant->user, sizeof(grant->user));
    pjwt_reader_text(r, TAG_SERVICE, grant->service, sizeof(grant->service));
    pjwt_reader_text(r, TAG_TICKET, grant->ticket, sizeof(grant->ticket));
    pjwt_reader_text(r, TAG_ISS, grant->iss, sizeof(grant->iss));
    pjwt_reader_text(r, TAG_SUB, grant->sub, sizeof(grant->sub));
    pjwt_reader_text(r, TAG_JTI, grant->jti, sizeof(grant->jti));
    pjwt_reader_text(r, TAG_KID, grant->kid, sizeof(grant->kid));
    grant->iat = pjwt_reader_number(r, TAG_IAT);
    grant->auth_time = pjwt_reader_number(r, TAG_AUTH_TIME);
    grant->issued = pjwt_reader_number(r, TAG_ISSUED);
    grant->expires = pjwt_reader_number(r, TAG_EXPIRES);
    grant->leeway = pjwt_reader_number(r, TAG_LEEWAY);
    if (grant->user[0] == '\0' || grant->service[0] == '\0' || grant->expires == 0) {
        r->failed = true;
    }
}
