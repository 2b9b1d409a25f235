#!/bin/sh
# Everything that can be found without running the programs. usage: tests/lint.sh CFLAGS…
set -eu
flags=
for flag in "$@"; do flags="$flags '$flag'"; done
sources=$(git ls-files '*.c')
headers=$(git ls-files '*.h')
# Lists of names without spaces, all of them ours.
# shellcheck disable=SC2046,SC2086
{
    echo 'clang-format'
    clang-format --dry-run -Werror $sources $headers
    echo 'clang-tidy'
    printf '%s\n' $(git ls-files 'lib/*.c' 'pam_jwt/*.c' 'helper/*.c') |
        xargs -P 2 -n 6 sh -c 'clang-tidy --quiet "$@" -- '"$flags"' 2>/dev/null' sh
    echo 'cppcheck'
    cppcheck --quiet --error-exitcode=1 --inline-suppr --enable=warning,portability \
        --suppress=unknownMacro --suppress=memleak --suppress=missingInclude --std=c11 -I. -j 2 \
        $(git ls-files 'lib/*.c' 'pam_jwt/*.c' 'helper/*.c')
    echo 'shellcheck'
    shellcheck $(git ls-files '*.sh' 'tests/run' 'helper/pamjwt-askpass')
    echo 'mandoc'
    mandoc -T lint -W warning $(git ls-files 'man/*')
}
echo 'house rules'
# lib/ knows no PAM, no terminal, no clock and no environment.
# shellcheck disable=SC2046
if grep -nE 'security/pam|syslog\(|[^nsv]printf\(|\bputs\(|\bexit\(|\btime\(NULL\)|clock_gettime|getenv\(' \
    $(git ls-files 'lib/*.c' 'lib/*.h'); then
    echo 'lib/ must not do that' >&2
    exit 1
fi
# Only lib/jose and the digests of lib/store call OpenSSL, only lib/store calls SQLite.
if git grep -nE '#include <(openssl|sqlite3)' -- helper pam_jwt lib/base lib/wire lib/policy; then
    echo 'OpenSSL and SQLite stay inside lib/jose and lib/store' >&2
    exit 1
fi
echo 'lint: clean'
