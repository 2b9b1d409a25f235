"""Do two other implementations open the encrypted tokens that we open, and no others?"""
import json
import os
import random
from collections import Counter

import mutate

ENCS = ['A128GCM', 'A256GCM', 'A128CBC-HS256', 'A256CBC-HS512']
WAYS = [('RSA-OAEP-256', ''), ('ECDH-ES', 'P-256'), ('ECDH-ES', 'P-384'), ('ECDH-ES', 'X25519'),
        ('ECDH-ES+A128KW', 'P-256'), ('ECDH-ES+A128KW', 'X25519'), ('ECDH-ES+A256KW', 'P-384'),
        ('ECDH-ES+A256KW', 'X25519'), ('A128KW', ''), ('A256KW', '')] + [(enc, '') for enc in ENCS]
INNER = b'eyJhbGciOiJFZDI1NTE5In0.eyJpc3MiOiJ4In0.AAAA'


class Key:
    """A key of ours, and what the others know it as: `alg` of the header, no alg of its own."""

    def __init__(self, ours, way, folder):
        name, crv = way
        self.ours = ours.make_opener(name, crv)
        self.encs = [name] if name in ENCS else ENCS
        self.alg = 'dir' if name in ENCS else name
        self.theirs = {member: value for member, value in self.ours.items() if member != 'alg'}
        hidden = ('d', 'p', 'q', 'dp', 'dq', 'qi')
        self.public = {m: value for m, value in self.theirs.items() if m not in hidden}
        self.name = f'{self.alg} {crv}'.strip()
        self.file = f'{folder}/open-{name}{crv}.jwks'
        with open(self.file, 'w', opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            json.dump({'keys': [self.ours]}, file)


def make_keys(ours, folder):
    return [Key(ours, way, folder) for way in WAYS]


def both_ways(tap, ours, others, keys):
    for key in keys:
        for enc in key.encs:
            header = {'alg': key.alg, 'enc': enc, 'kid': 'k', 'cty': 'JWT'}
            token = ours.seal(key.ours, enc, {}, INNER)
            for other in others:
                minted = other.seal(header, INNER, key)
                if minted is None:
                    print(f'# {other.name} does not know {key.name} with {enc}')
                    continue
                said = ours.opened(minted.encode(), key)
                tap.say(said == ('ok', INNER),
                        f'{key.name}, {enc}, sealed by {other.name}, opened by us: {said[0]}')
                said = other.opened(token, key)
                tap.say(said == ('ok', INNER),
                        f'{key.name}, {enc}, sealed by us, opened by {other.name}: {said[0]}')


def named(said, token, key):
    """What `decrypt` does not tell: direct use of a key, and all the same an encrypted one."""
    parts = token.split(b'.')
    surplus = said == 'decrypt' and key.alg in ('dir', 'ECDH-ES') and len(parts) == 5 and parts[1]
    return 'decrypt:surplus-key' if surplus else said


def explained(rows, who, said, seen):
    for row in rows:
        if row[:2] == (who, said):
            seen[row] += 1
            return True
    return False


def mutated(tap, ours, others, keys, rows, count, seed):
    chance = random.Random(seed)
    verdicts, seen, unexplained, asked = Counter(), Counter(), Counter(), 0
    for _ in range(count):
        key = chance.choice(keys)
        enc = chance.choice(key.encs)
        token, how = mutate.make_sealed(lambda more: ours.seal(key.ours, enc, more, INNER), chance)
        if token is None:
            continue
        asked += 1
        said, inner = ours.opened(token, key)
        verdicts[said] += 1
        for other in others:
            theirs, text = other.opened(token, key)
            same = (said == 'ok') == (theirs == 'ok') and inner == text
            if not same and not (theirs == 'ok' and explained(rows, other.name, named(said, token, key), seen)):
                unexplained[(other.name, said, theirs)] += 1
                print(f'# {how}: {other.name} says {theirs}, we say {said}: {token[:1500]!r}')
    print('# encrypted, our verdicts: ' + ', '.join(f'{v} {n}' for v, n in verdicts.most_common()))
    for row in rows:
        print(f'# encrypted, {seen[row]} times: {row[0]} accepts, we say {row[1]}')
    for who, said, theirs in unexplained:
        tap.say(False, f'{who} says {theirs}, we say {said}: not in the list')
    tap.say(not unexplained and verdicts['ok'] > 0 and verdicts['decrypt'] > 0,
            f'{asked} mutated encrypted tokens, seed {seed}: {verdicts["ok"]} opened, '
            f'{sum(seen.values())} explained differences')
