import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The key service's two operations that the panel uses, with a key of this machine's own. */
export type Vault = ReturnType<typeof openVault>

export function openVault(file: string | undefined) {
  const key = openKey(file)
  const sealed = (plain: Buffer, context: unknown): Buffer => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(digest(context))
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  return {
    generateDataKey: (input: Readonly<Record<string, unknown>>) => {
      const plain = randomBytes(32)
      return {
        KeyId: input['KeyId'],
        Plaintext: plain.toString('base64'),
        CiphertextBlob: sealed(plain, input['EncryptionContext']).toString('base64'),
      }
    },
    decrypt: (input: Readonly<Record<string, unknown>>) => {
      const bytes = Buffer.from(String(input['CiphertextBlob']), 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
        .setAAD(digest(input['EncryptionContext']))
        .setAuthTag(bytes.subarray(-16))
      const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
      return { KeyId: input['KeyId'], Plaintext: plain.toString('base64') }
    },
  }
}

const digest = (context: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(context ?? null))
    .digest()

function openKey(file: string | undefined): Buffer {
  if (file !== undefined && existsSync(file)) return Buffer.from(readFileSync(file, 'utf8'), 'base64')
  const key = randomBytes(32)
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, key.toString('base64'), { mode: 0o600 })
  }
  return key
}
