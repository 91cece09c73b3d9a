import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK } from 'jose'

export interface SigningKey {
  readonly id: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** The key that tokens are signed with. Kept, so that sessions outlive a restart. */
export async function openSigningKey(file: string | undefined): Promise<SigningKey> {
  const kept = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const privateKey = kept === undefined ? await fresh(file) : await importPKCS8(kept, 'RS256', { extractable: true })
  const { kty, n, e } = await exportJWK(privateKey)
  if (kty === undefined || n === undefined || e === undefined) throw new Error('the signing key is not an RSA key')
  return { id: 'local', privateKey, publicJwk: { kty, n, e, kid: 'local', alg: 'RS256', use: 'sig' } }
}

async function fresh(file: string | undefined): Promise<CryptoKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, await exportPKCS8(privateKey), { mode: 0o600 })
  }
  return privateKey
}
