"""Do two other implementations see tokens as we do? Prints TAP.

usage: differential.py DRIVER FOLDER DIFFERENCES COUNT SEED [JOSE-FOLDER]
"""
import base64
import json
import os
import random
import sys
from collections import Counter

import mutate
import sealed
from voices import Jose, Jwcrypto, Ours

CLAIMS = {'iss': 'https://idp.example', 'aud': 'pam:a', 'sub': 'alice', 'iat': 1767225540,
          'exp': 1767226200, 'jti': '1'}


def private(path, flags):
    return os.open(path, flags, 0o600)


class Key:
    def __init__(self, alg, pair, folder):
        self.alg = alg
        self.public, self.private = pair
        if self.private['kty'] == 'oct':  # what signs verifies
            self.public = self.private
        self.file = f'{folder}/{alg}.jwks'
        with open(self.file, 'w', opener=private) as file:
            json.dump({'keys': [self.public]}, file)

    def names(self):
        """Its algorithm's names, the older one too."""
        return [self.alg, 'EdDSA'] if self.alg == 'Ed25519' else [self.alg]


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def say(self, good, words):
        self.count += 1
        self.failed += not good
        print(f'{"" if good else "not "}ok {self.count} - {words}', flush=True)


def read_differences(path):
    """Rows of WHO OURS and the reason: they accept what we refuse. Never the other way round."""
    rows = []
    for line in open(path):
        if line.strip() and not line.startswith('#'):
            rows.append(tuple(line.strip().split(None, 2)))
    return rows


def header_of(key, name):
    return {'alg': name, 'kid': key.public['kid'], 'typ': 'at+jwt'}


def both_ways(tap, ours, others, keys):
    """Minted there and accepted here, minted here and accepted there."""
    for key in keys:
        # A private key of ours states its algorithm; the older name is another word to them.
        for name in key.names():
            header, payload = header_of(key, name), json.dumps(CLAIMS)
            signed = b'.'.join(mutate.encode(part.encode()) for part in (json.dumps(header), payload))
            token = signed + b'.' + mutate.encode(ours.sign(key.private, signed))
            for other in others:
                bare = Bare(key, name)
                minted = other.mint(header, payload, bare)
                if minted is None:
                    print(f'# {other.name} does not know {name}, and is not asked about it')
                    other.unknown.add(name)
                    continue
                said = ours.verdict(minted.encode(), key)
                tap.say(said == 'ok', f'{name} minted by {other.name}, read by us: {said}')
                said = other.verdict(token, bare)
                tap.say(said == 'ok', f'{name} minted by us, read by {other.name}: {said}')


class Bare:
    """The same key with the name that a token gives the algorithm."""

    def __init__(self, key, name):
        self.alg = name if name == 'EdDSA' else key.alg
        self.public = dict(key.public, alg=name)
        self.private = dict(key.private, alg=name)
        self.file = key.file


def alg_of(token):
    """What the header says, or None."""
    try:
        segment = token.split(b'.')[0]
        header = json.loads(base64.urlsafe_b64decode(segment + b'=' * (-len(segment) % 4)))
        alg = header.get('alg')
        return alg if isinstance(alg, str) else None
    except (ValueError, AttributeError):
        return None


def explained(rows, who, said, theirs, seen):
    for row in rows:
        if theirs == 'ok' and row[:2] == (who, said):
            seen[row] += 1
            return True
    return False


def mutated(tap, ours, others, keys, rows, count, seed):
    chance = random.Random(seed)
    verdicts, seen, unexplained = Counter(), Counter(), Counter()
    for _ in range(count):
        key = chance.choice(keys)
        name = chance.choice(key.names())
        bare = Bare(key, name)
        token, how = mutate.make(header_of(key, name), CLAIMS,
                                 lambda data: ours.sign(key.private, data), chance)
        said = ours.verdict(token, key)
        verdicts[said] += 1
        for other in others:
            if alg_of(token) in other.unknown:
                continue
            theirs = other.verdict(token, bare)
            if (said == 'ok') != (theirs == 'ok') and \
                    not explained(rows, other.name, said, theirs, seen):
                unexplained[(other.name, said, theirs)] += 1
                print(f'# {how}: {other.name} says {theirs}, we say {said}: {token[:1500]!r}')
    print('# our verdicts: ' + ', '.join(f'{v} {n}' for v, n in verdicts.most_common()))
    for row in rows:
        print(f'# {seen[row]} times: {row[0]} accepts, we say {row[1]}: {row[2]}')
    for who, said, theirs in unexplained:
        tap.say(False, f'{who} says {theirs}, we say {said}: not in the list')
    tap.say(not unexplained and verdicts['ok'] > 0 and len(verdicts) > 5,
            f'{count} mutated tokens, seed {seed}: {verdicts["ok"]} accepted, '
            f'{sum(seen.values())} explained differences')


def main():
    driver, folder, differences, count, seed = sys.argv[1:6]
    tap = Tap()
    ours = Ours([driver])
    others = [Jwcrypto()]
    if len(sys.argv) > 6:
        others.append(Jose(['node', f'{sys.argv[6]}/jose.mjs']))
    keys = []
    for alg in ours.algs():
        pair = ours.make_key(alg)
        if pair is None:
            print(f'# {alg}: no key of that kind is made here')
        else:
            keys.append(Key(alg, pair, folder))
    tap.say(len(keys) > 0, f'keys for {" ".join(key.alg for key in keys)}')
    rows = read_differences(differences)
    both_ways(tap, ours, others, keys)
    mutated(tap, ours, others, keys, rows, int(count), int(seed))
    openers = sealed.make_keys(ours, folder)
    sealed.both_ways(tap, ours, others, openers)
    sealed.mutated(tap, ours, others, openers, rows, int(count), int(seed))
    print(f'1..{tap.count + (len(sys.argv) <= 6)}')
    if len(sys.argv) <= 6:
        print(f'ok {tap.count + 1} - npm\'s jose # SKIP npm could not install it')
    return 1 if tap.failed else 0


sys.exit(main())
