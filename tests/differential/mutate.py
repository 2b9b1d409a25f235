"""How may a token be wrong? Every mutation takes a draft and a source of chance, and changes it."""
import base64
import json


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=')


class Draft:
    """A token on its way: two texts to be signed, then three segments, then one string."""

    def __init__(self, header, claims):
        self.header, self.claims = header, claims
        self.texts = None
        self.signature = None
        self.segments = None
        self.token = None


NAMES = ['alg', 'kid', 'typ', 'crit', 'b64', 'zip', 'cty', 'jwk', 'jku', 'x5u', 'x5c', 'enc',
         'epk', 'x', 'Alg']
VALUES = ['Ed25519', 'EdDSA', 'ES256', 'RS256', 'PS256', 'HS256', 'none', 'None', 'NONE', '', 'k',
          'K', 'k ', '../k', 'JWT', None, True, False, 0, 1, [], {}, ['exp'], ['b64'], ['alg'],
          'https://attacker.example', 'é', 'k\x00', {'kty': 'OKP'}]


def set_header(draft, chance):
    draft.header[chance.choice(NAMES)] = chance.choice(VALUES)


def drop_header(draft, chance):
    if draft.header:
        del draft.header[chance.choice(list(draft.header))]


def set_claim(draft, chance):
    draft.claims[chance.choice(['iss', 'aud', 'sub', 'exp', 'x'])] = chance.choice(VALUES)


def nest_claim(draft, chance):
    value = 1
    for _ in range(chance.randrange(4, 12)):
        value = chance.choice([[value], {'a': value}])
    draft.claims['deep'] = value


def many_claims(draft, chance):
    draft.claims.update({f'c{i}': i for i in range(chance.choice([50, 60, 100]))})


def retext(draft, chance):
    """The same JSON, or almost, in another spelling."""
    which = chance.randrange(2)
    text = draft.texts[which]
    draft.texts[which] = chance.choice([
        lambda: b' ' + text + b'\n',
        lambda: text + b'x',
        lambda: text + b'\0',
        lambda: text + text,
        lambda: b'\xef\xbb\xbf' + text,
        lambda: text[:-1] + b',"x":1,"x":2}',
        lambda: text[:-1] + b',"alg":"none"}',
        lambda: text[:-1] + b',}',
        lambda: text[:-1] + b',"x":"\xff"}',
        lambda: text[:-1] + b',"x":"\\ud800"}',
        lambda: text[:-1] + b',"x":"\\u0000"}',
        lambda: text[:-1] + b',"x":"\x01"}',
        lambda: text[:-1] + b',"x":1e999}',
        lambda: text[:-1] + b',"x":123456789012345678901234567890}',
        lambda: text[:-1] + b',"x":NaN}',
        lambda: text[:-1] + b",'x':1}",
        lambda: text[:-1] + b',"x":01}',
        lambda: text[:-1],
        lambda: b'[' + text + b']',
        lambda: b'"text"',
        lambda: b'null',
        lambda: b'',
        lambda: text.replace(b'"kid"', b'"k\\u0069d"'),
        lambda: text.replace(b'"k"', b'"\\u006b"'),
    ])()


def resign(draft, chance):
    """Another signature over the same text."""
    data = bytearray(draft.signature)
    half = len(data) // 2
    draft.signature = bytes(chance.choice([
        lambda: data[:-1],
        lambda: data + b'\0',
        lambda: b'\0' + data,
        lambda: bytes(len(data)),
        lambda: b'\xff' * len(data),
        lambda: data[half:] + data[:half],
        lambda: bytes(half) + data[half:],
        lambda: data[:half] + bytes(half),
        lambda: b'',
        lambda: data[:half] + chance.randbytes(half),
        lambda: b'\x30' + bytes([min(255, len(data) + 4)]) + data,
    ])())


def flip(draft, chance):
    which = chance.randrange(len(draft.segments))
    segment = bytearray(draft.segments[which])
    if segment:
        segment[chance.randrange(len(segment))] = chance.choice(b'ABCDabcd0189-_+/=.\n ')
        draft.segments[which] = bytes(segment)


def respell(draft, chance):
    """The same bytes, or almost, in another base64."""
    which = chance.randrange(len(draft.segments))
    segment = draft.segments[which]
    draft.segments[which] = chance.choice([
        lambda: segment + b'=' * (-len(segment) % 4 or 1),
        lambda: segment + b'A',
        lambda: segment + b'\n',
        lambda: b' ' + segment,
        lambda: segment[:-1],
        lambda: segment.replace(b'-', b'+').replace(b'_', b'/'),
        lambda: last_bit(segment),
        lambda: segment[:4] + b'\r\n' + segment[4:],
    ])()


def last_bit(segment):
    """A bit that belongs to no byte is set, where the last digit has one."""
    digits = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    if len(segment) % 4 == 0 or segment[-1] not in digits:
        return segment
    return segment[:-1] + bytes([digits[digits.index(segment[-1:]) ^ 1]])


def rejoin(draft, chance):
    h, p, s = draft.segments
    draft.token = chance.choice([
        lambda: b'.'.join([h, p]),
        lambda: b'.'.join([h, p, b'']),
        lambda: b'.'.join([h, p, s, b'']),
        lambda: b'.'.join([h, p, s, s]),
        lambda: b'.'.join([p, h, s]),
        lambda: b'.'.join([b'', p, s]),
        lambda: b'..'.join([h, p, s]),
        lambda: b' ' + b'.'.join([h, p, s]),
        lambda: b'.'.join([h, p, s]) + b'\n',
        lambda: json.dumps({'protected': h.decode(), 'payload': p.decode(),
                            'signature': s.decode()}).encode('latin-1', 'replace'),
    ])()


SEALED_NAMES = ['alg', 'enc', 'kid', 'typ', 'cty', 'crit', 'zip', 'jwk', 'jku', 'x5u', 'x5c', 'b64',
                'epk', 'apu', 'apv', 'p2c', 'x', 'Enc']
SEALED_VALUES = VALUES + ['dir', 'A128KW', 'A256KW', 'RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'RSA1_5',
                          'A128GCM', 'A256GCM', 'A128CBC-HS256', 'A192GCM', 'DEF', 'AQ', 'AR', 'JWE',
                          'jwt', {'kty': 'OKP', 'crv': 'X25519', 'x': 'AA'}]


def set_outer(draft, chance):
    draft.header[chance.choice(SEALED_NAMES)] = chance.choice(SEALED_VALUES)


def resize(draft, chance):
    """Other bytes than were sealed, in one segment."""
    which = chance.randrange(1, 5)
    data = base64.urlsafe_b64decode(draft.segments[which] + b'=' * (-len(draft.segments[which]) % 4))
    draft.segments[which] = encode(chance.choice([
        lambda: data[:-1],
        lambda: data[:len(data) // 2],
        lambda: data[:8],
        lambda: data + b'\0',
        lambda: b'\0' + data,
        lambda: bytes(len(data)),
        lambda: chance.randbytes(len(data)),
        lambda: data + data,
        lambda: b'',
    ])())


def swap(draft, chance):
    one, other = chance.sample(range(5), 2)
    draft.segments[one], draft.segments[other] = draft.segments[other], draft.segments[one]


def rejoin_sealed(draft, chance):
    parts = draft.segments
    draft.token = chance.choice([
        lambda: b'.'.join(parts[:4]),
        lambda: b'.'.join(parts + [b'']),
        lambda: b'.'.join(parts[:1] + [b''] + parts[2:]),
        lambda: b'.'.join(parts[:4] + [b'']),
        lambda: b'.'.join(parts) + b'\n',
        lambda: b' ' + b'.'.join(parts),
        lambda: json.dumps(dict(zip(('protected', 'encrypted_key', 'iv', 'ciphertext', 'tag'),
                                    (p.decode('latin-1') for p in parts)))).encode(),
    ])()


def make_sealed(seal, chance):
    """An encrypted token, changed before it is sealed or after, and the names of the changes.
    `seal` takes members for the header."""
    chosen = chance.choice([[set_outer], [set_outer, set_outer], [flip], [respell], [resize], [swap],
                            [rejoin_sealed], [set_outer, flip], [resize, resize], []])
    draft = Draft({}, {})
    for mutation in chosen:
        if mutation is set_outer:
            mutation(draft, chance)
    token = seal(draft.header)
    if token is None:
        return None, ''
    draft.segments = token.split(b'.')
    for mutation in chosen:
        if mutation in (flip, respell, resize, swap):
            mutation(draft, chance)
    draft.token = b'.'.join(draft.segments)
    if rejoin_sealed in chosen:
        rejoin_sealed(draft, chance)
    return draft.token, '+'.join(mutation.__name__ for mutation in chosen)


STAGES = [[set_header, drop_header, set_claim, nest_claim, many_claims], [retext], [resign],
          [flip, respell], [rejoin]]


def make(header, claims, sign, chance):
    """A token with one or two mutations, and their names."""
    chosen = sorted(chance.choices([0, 0, 0, 1, 1, 2, 3, 3, 4], k=chance.choice([1, 1, 2])))
    draft = Draft(dict(header), dict(claims))
    names = []

    def stage(number):
        for _ in range(chosen.count(number)):
            mutation = chance.choice(STAGES[number])
            mutation(draft, chance)
            names.append(mutation.__name__)

    stage(0)
    draft.texts = [json.dumps(part, separators=(',', ':')).encode()
                   for part in (draft.header, draft.claims)]
    stage(1)
    draft.signature = sign(encode(draft.texts[0]) + b'.' + encode(draft.texts[1]))
    stage(2)
    draft.segments = [encode(draft.texts[0]), encode(draft.texts[1]), encode(draft.signature)]
    stage(3)
    draft.token = b'.'.join(draft.segments)
    stage(4)
    return draft.token, '+'.join(names)
