/* Known by their public documentation. A row belongs here when any person or any customer of
 * the service gets tokens with the very same iss. */
#include "helper/lint/shared_issuers.h"

#include <stddef.h>
#include <string.h>

#define ENTRA "https://login.microsoftonline.com/"
#define STS   "https://sts.windows.net/"
/* The tenant of all personal Microsoft accounts. */
#define CONSUMERS "9188040d-6c67-4c5b-b112-36a304b66dad"
#define ENTRA_ROW(tenant)                                                                 \
    {                                                                                     \
        ENTRA tenant "/v2.0", "Microsoft accounts of any tenant", { "tid", "oid", "sub" } \
    }

static const struct pjwt_shared_issuer issuers[] = {
    /* clang-format off */
    {"https://token.actions.githubusercontent.com", "GitHub Actions of every repository",
     {"repository", "repository_id", "repository_owner", "repository_owner_id", "sub", "job_workflow_ref", "enterprise", "enterprise_id"}},
    {"https://gitlab.com", "GitLab.com projects and people",
     {"project_path", "project_id", "namespace_path", "namespace_id", "sub", "user_login", "groups_direct", "user_email"}},
    {"https://accounts.google.com", "Google accounts", {"hd", "email", "sub"}},
    {"accounts.google.com", "Google accounts", {"hd", "email", "sub"}},
    {"https://securetoken.google.com/*", "a Firebase project, open to whoever signs up", {"email", "sub", "user_id"}},
    ENTRA_ROW("common"), ENTRA_ROW("organizations"), ENTRA_ROW("consumers"), ENTRA_ROW(CONSUMERS),
    {STS "common/", "Microsoft accounts of any tenant", {"tid", "oid", "sub"}},
    {STS CONSUMERS "/", "personal Microsoft accounts", {"oid", "sub"}},
    {"https://appleid.apple.com", "Apple accounts", {"email", "sub"}},
    {"https://www.facebook.com", "Facebook accounts", {"email", "sub"}},
    {"https://www.linkedin.com/oauth", "LinkedIn accounts", {"email", "sub"}},
    {"https://slack.com", "Slack accounts", {"https://slack.com/team_id", "email", "sub"}},
    {"https://id.twitch.tv/oauth2", "Twitch accounts", {"email", "sub"}},
    {"https://oauth2.sigstore.dev/auth", "anybody with an e-mail address", {"email", "sub"}},
    {"https://agent.buildkite.com", "Buildkite pipelines of every customer",
     {"organization_slug", "organization_id", "pipeline_slug", "pipeline_id", "sub"}},
    {"https://app.terraform.io", "HCP Terraform runs of every customer",
     {"terraform_organization_id", "terraform_organization_name", "terraform_workspace_id", "sub"}},
    {"https://oidc.vercel.com", "Vercel deployments of every customer", {"owner_id", "owner", "project_id", "sub"}},
    {"https://oidc.codefresh.io", "Codefresh pipelines of every customer", {"account_id", "account_name", "pipeline_id", "sub"}},
    /* clang-format on */
};

static const struct {
    const char *audience; /* '*' at the end stands for any rest */
    const char *says;
} audiences[] = {
    {"32555940559.apps.googleusercontent.com", "gcloud makes it for every Google account"},
    {"https://kubernetes.default.svc*", "the API server of every cluster has that name"},
    {"kubernetes.default.svc*", "the API server of every cluster has that name"},
    {"https://github.com/*", "it is what GitHub Actions fills in when a job asks for none"},
    {"https://gitlab.com", "it is what GitLab fills in for tokens of any purpose"},
    {"sts.amazonaws.com", "it is meant for Amazon's token service"},
    {"api://AzureADTokenExchange", "it is meant for Microsoft's token service"},
    {"https://iam.googleapis.com/*", "it is meant for Google's token service"},
    {"//iam.googleapis.com/*", "it is meant for Google's token service"},
    {"https://graph.microsoft.com*", "it is meant for Microsoft Graph"},
    {"00000003-0000-0000-c000-000000000000", "it is meant for Microsoft Graph"},
    {"https://management.azure.com*", "it is meant for Azure's management"},
    {"sigstore", "it is meant for Sigstore"},
    {"account", "Keycloak adds it to tokens for every client"},
};

/* `pattern` with at most one '*'; `segment`: it stops at a '/'. */
static bool
fits(const char *pattern, const char *text, bool segment)
{
    size_t same = strcspn(pattern, "*");
    const char *rest = pattern + same;

    if (strncmp(pattern, text, same) != 0 || *rest == '\0') {
        return strcmp(pattern, text) == 0;
    }
    text += same;
    return segment ? text[strcspn(text, "/")] == '\0' : true;
}

/* Some write the slash at the end and some do not; who typed the one may get the other. */
static bool
same_issuer(const char *pattern, const char *iss)
{
    size_t len = strlen(iss);
    char without[256];

    if (fits(pattern, iss, true)) {
        return true;
    }
    if (len == 0 || len >= sizeof(without) || iss[len - 1] != '/') {
        return false;
    }
    memcpy(without, iss, len - 1);
    without[len - 1] = '\0';
    return fits(pattern, without, true);
}

const struct pjwt_shared_issuer *
pjwt_shared_issuer_find(const char *iss)
{
    for (size_t i = 0; i < sizeof(issuers) / sizeof(issuers[0]); i++) {
        if (same_issuer(issuers[i].iss, iss)) {
            return &issuers[i];
        }
    }
    return NULL;
}

bool
pjwt_shared_issuer_tenant(const struct pjwt_shared_issuer *shared, const char *claim)
{
    for (size_t i = 0; i < PJWT_SHARED_CLAIMS && shared->tenant[i] != NULL; i++) {
        if (strcmp(shared->tenant[i], claim) == 0) {
            return true;
        }
    }
    return false;
}

const char *
pjwt_shared_audience(const char *audience)
{
    for (size_t i = 0; i < sizeof(audiences) / sizeof(audiences[0]); i++) {
        if (fits(audiences[i].audience, audience, false)) {
            return audiences[i].says;
        }
    }
    return NULL;
}
