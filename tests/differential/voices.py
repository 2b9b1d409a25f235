"""Who is asked? Our driver, npm's jose and Debian's jwcrypto, behind the same two questions."""
import json
import subprocess

from jwcrypto import jwk, jws


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
        return self.ask(f'verify\t{key.file}\t{token.hex()}')


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
