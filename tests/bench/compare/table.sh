#!/bin/sh
# How does the comparison read? usage: table.sh FACTS; a line of FACTS is NAME, KIND and VALUE, with tabs.
# Fails when a fact is missing.
set -eu
exec awk -F '\t' -v kinds='short idp ticket both' '
    function of(name, kind) {
        if (value[name, kind] == "") {
            print "no " name " of " kind >"/dev/stderr"
            failed = 1
        }
        return value[name, kind]
    }
    function row(label, i, line) {
        line = "| " label " |"
        for (i = 1; i <= columns; i++) line = line " " cell(label, kind[i]) " |"
        print line
    }
    function time(k) {
        return sprintf("%.2f (%s ms, %s ms)", of("time.ratio", k), of("time.median", k), of("time.p99", k)) \
            (k == "both" ? sprintf(", after an exchange: %.2f", of("time.ratio", "exchange")) : "")
    }
    function bite(phase, k) { return of("bite." phase, k) " ms (" of("bite." phase ".worst", k) " ms)" }
    function soon(seconds) { return seconds < 2 ? "accepted" : "accepted after " seconds " s" }
    function cell(label, k) {
        if (label == typed) return of("characters", k) (k == "both" ? ", after an exchange of " of("characters", "idp") : "")
        if (label == prompts) return of("prompts.ssh", k) " / " of("prompts.sudo", k)
        if (label == logins) return time(k)
        if (label == credential) return of("bytes.credential", k)
        if (label == login) return of("bytes.open", k) " / " of("bytes.over", k) " / " (k == "both" ? "–" : of("bytes.once", k))
        if (label == next_login) return bite("auth", k)
        if (label == account) return bite("account", k)
        if (label == ended) return bite("open", k)
        if (label == elsewhere) return k == "ticket" || k == "both" ? "–" : of("life", k) " min"
        if (label == missing) return of("lost.missing", k)
        if (label == damaged) return of("lost.damaged", k)
        if (label == older) return of("lost.behind", k)
        if (label == repaired) return of("back.before", k) "; " soon(of("back.new", k))
        if (label == anew) return of("anew.before", k) "; " of("anew.revoked", k)
    }
    { value[$1, $2] = $3 }
    END {
        columns = split(kinds, kind, " ")
        print ""
        print "| | JWT, Ed25519 | JWT of an IdP, RS256 | ticket | both: the IdP'"'"'s JWT, exchanged for a ticket |"
        print "|---|---|---|---|---|"
        row(typed = "characters to hand over")
        row(prompts = "prompts of ssh / sudo")
        row(logins = "time of a login, times the first (median, p99)")
        row(credential = "bytes kept for the credential, audit included")
        row(login = "bytes kept for a login: open / over / over, good once")
        row(next_login = "revoked: refused at the next login after (at worst)")
        row(account = "… at the account check after")
        row(ended = "… an open login has ended after")
        row(elsewhere = "… where no session file is asked: when it expires, up to")
        row(missing = "login when the session file is missing")
        row(damaged = "login when it is damaged")
        row(older = "login when an older copy was put back")
        row(repaired = "after `pamjwt repair --accept-restore`: one from before; a new one")
        row(anew = "all of `/var/lib/pam_jwt` lost, then `pamjwt init`: one from before; a revoked one")
        print ""
        print "(" of("often", "all") "; " of("machine", "all") ".)"
        print ""
        exit failed
    }' "$1"
