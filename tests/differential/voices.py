"""Who is asked? Our driver, npm's jose and Debian's jwcrypto, behind the same two questions."""
import json
import subprocess

from jwcrypto import jwe, jwk, jws


class Lines:
    """A process that answers each line with one."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said.endswith('\n'):
            raise RuntimeError(f'{self.process.args} ended')
        return said[:-1]


class Ours(Lines):
    name = 'pam_jwt'

    def algs(self):
        return self.ask('algs').split('\t')

    def make_key(self, alg):
        """The public and the private JWK, or None when this build makes no such key."""
        said = self.ask(f'key\t{alg}')
        return tuple(json.loads(part) for part in said.split('\t')) if said else None

    def sign(self, private, data):
        return bytes.fromhex(self.ask(f'sign\t{json.dumps(private)}\t{data.hex()}'))

    def verdict(self, token, key):
        question = 'shared' if key.public['kty'] == 'oct' else 'verify'
        return self.ask(f'{question}\t{key.file}\t{token.hex()}')

    def make_opener(self, alg, crv):
        return json.loads(self.ask(f'opener\t{alg}\t{crv}'))

    def seal(self, jwk_, enc, more, inner):
        said = self.ask('\t'.join(['seal', json.dumps(jwk_), enc, json.dumps(more), inner.hex()]))
        return said.encode() or None

    def opened(self, token, key):
        """The verdict and what was inside."""
        said, inner = self.ask(f'open\t{key.file}\t{token.hex()}').split('\t')
        return said, bytes.fromhex(inner)


class Jose(Lines):
    name = 'jose'

    def __init__(self, command):
        super().__init__(command)
        self.unknown = set()  # algorithms that it cannot mint with

    def mint(self, header, payload, key):
        question = {'sign': payload, 'header': header, 'key': key.private}
        return json.loads(self.ask(json.dumps(question))).get('token')

    def verdict(self, token, key):
        question = {'verify': token.decode('latin-1'), 'keys': {'keys': [key.public]}}
        return json.loads(self.ask(json.dumps(question)))['verdict']

    def seal(self, header, inner, key):
        question = {'seal': inner.decode(), 'header': header, 'key': key.public}
        return json.loads(self.ask(json.dumps(question))).get('token')

    def opened(self, token, key):
        question = {'open': token.decode('latin-1'), 'alg': key.alg, 'key': key.theirs}
        said = json.loads(self.ask(json.dumps(question)))
        return said['verdict'], said.get('inner', '').encode('latin-1')


class Jwcrypto:
    name = 'jwcrypto'

    def __init__(self):
        self.unknown = set()

    def mint(self, header, payload, key):
        try:
            token = jws.JWS(payload.encode())
            token.allowed_algs = [header['alg']]
            token.add_signature(jwk.JWK(**key.private), None, json.dumps(header))
            return token.serialize(compact=True)
        except Exception:  # it does not know the algorithm
            return None

    def verdict(self, token, key):
        """Its key is found by kid, as its users do."""
        try:
            parsed = jws.JWS()
            parsed.allowed_algs = [key.alg, 'EdDSA'] if key.alg == 'Ed25519' else [key.alg]
            parsed.deserialize(token.decode('latin-1'))
            kid = parsed.jose_header.get('kid')
            if kid not in (None, key.public['kid']):
                return 'kid'
            parsed.verify(jwk.JWK(**key.public))
            return 'ok'
        except Exception as error:  # whatever it raises is its refusal
            return type(error).__name__

    def seal(self, header, inner, key):
        try:
            token = jwe.JWE(inner, json.dumps(header), algs=[header['alg'], header['enc']])
            token.add_recipient(jwk.JWK(**key.theirs))
            return token.serialize(compact=True)
        except Exception:  # it does not know one of the two
            return None

    def opened(self, token, key):
        try:
            parsed = jwe.JWE(algs=[key.alg, *key.encs])
            parsed.deserialize(token.decode('latin-1'))
            if parsed.jose_header.get('kid') not in (None, 'k'):
                return 'kid', b''
            parsed.decrypt(jwk.JWK(**key.theirs))
            return 'ok', parsed.payload
        except Exception as error:  # whatever it raises is its refusal
            return type(error).__name__, b''
