// What does npm's jose say? One line of JSON in, one line out:
//   {"verify": TOKEN, "keys": JWKS}                → {"verdict": "ok" or the code of its error}
//     (a symmetric key is handed over itself; then its kid is compared here)
//   {"sign": PAYLOAD, "header": HEADER, "key": JWK} → {"token": TOKEN}, or {} when it cannot
//   {"open": TOKEN, "alg": ALG, "key": JWK}         → {"verdict": …, "inner": what was inside}
//   {"seal": TEXT, "header": HEADER, "key": JWK}    → {"token": TOKEN}, or {} when it cannot
import { createInterface } from 'node:readline';
import {
  CompactEncrypt, CompactSign, compactDecrypt, compactVerify, createLocalJWKSet,
  decodeProtectedHeader, importJWK,
} from 'jose';

function checkKid(token, jwk) {
  const { kid } = decodeProtectedHeader(token);
  if (kid !== undefined && kid !== jwk.kid) throw new TypeError('kid');
}

async function verify(token, keys) {
  try {
    const [jwk] = keys.keys;
    if (jwk.kty === 'oct') {
      checkKid(token, jwk);
      await compactVerify(token, await importJWK(jwk, jwk.alg), { algorithms: [jwk.alg] });
    } else {
      await compactVerify(token, createLocalJWKSet(keys));
    }
    return { verdict: 'ok' };
  } catch (error) {
    return { verdict: error.code ?? error.name };
  }
}

async function sign(payload, header, jwk) {
  try {
    const key = await importJWK(jwk, header.alg);
    const bytes = new TextEncoder().encode(payload);
    return { token: await new CompactSign(bytes).setProtectedHeader(header).sign(key) };
  } catch {
    return {};
  }
}

async function open(token, alg, jwk) {
  try {
    checkKid(token, jwk);
    const key = await importJWK(jwk, alg);
    const { plaintext } = await compactDecrypt(token, key, { keyManagementAlgorithms: [alg] });
    return { verdict: 'ok', inner: Buffer.from(plaintext).toString('latin1') };
  } catch (error) {
    return { verdict: error.code ?? error.name };
  }
}

async function seal(text, header, jwk) {
  try {
    const key = await importJWK(jwk, header.alg);
    const bytes = new TextEncoder().encode(text);
    return { token: await new CompactEncrypt(bytes).setProtectedHeader(header).encrypt(key) };
  } catch {
    return {};
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  let said;
  if ('sign' in asked) said = await sign(asked.sign, asked.header, asked.key);
  else if ('seal' in asked) said = await seal(asked.seal, asked.header, asked.key);
  else if ('open' in asked) said = await open(asked.open, asked.alg, asked.key);
  else said = await verify(asked.verify, asked.keys);
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
