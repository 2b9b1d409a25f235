// What does npm's jose say? One line of JSON in, one line out:
//   {"verify": TOKEN, "keys": JWKS}                → {"verdict": "ok" or the code of its error}
//   {"sign": PAYLOAD, "header": HEADER, "key": JWK} → {"token": TOKEN}, or {} when it cannot
import { createInterface } from 'node:readline';
import { CompactSign, compactVerify, createLocalJWKSet, importJWK } from 'jose';

async function verify(token, keys) {
  try {
    await compactVerify(token, createLocalJWKSet(keys));
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

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const said = 'sign' in asked
    ? await sign(asked.sign, asked.header, asked.key)
    : await verify(asked.verify, asked.keys);
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
