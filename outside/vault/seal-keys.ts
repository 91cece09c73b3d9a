import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import type { Need } from '../../core/need.ts'

/** A secret as it may lie in the table: encrypted under a data key, which the key service alone can open. Base64. */
export interface Sealed {
  readonly cipherText: string
  readonly nonce: string
  readonly dataKey: string
}

let client: KMSClient | undefined
const kms = (): KMSClient => {
  client ??= new KMSClient({})
  return client
}

interface SealKeys {
  /** `owner` is bound in: a sealed key moved to another owner's item does not open. */
  seal(secret: string, owner: string): Promise<Sealed>
}

/** Can seal and not open: no endpoint can read a key back. */
export const sealKeys = {
  allow: [{ on: 'provider-keys', actions: ['GenerateDataKey'] }],
  open: () => ({
    async seal(secret, owner) {
      const { Plaintext, CiphertextBlob } = await kms().send(
        new GenerateDataKeyCommand({ KeyId: process.env['PROVIDER_KEYS_ID'], KeySpec: 'AES_256', EncryptionContext: { owner } }),
      )
      if (!Plaintext || !CiphertextBlob) throw new Error('the key service gave no data key')
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', Plaintext, nonce).setAAD(Buffer.from(owner))
      const cipherText = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return {
        cipherText: cipherText.toString('base64'),
        nonce: nonce.toString('base64'),
        dataKey: Buffer.from(CiphertextBlob).toString('base64'),
      }
    },
  }),
} satisfies Need<SealKeys>

interface OpenKeys {
  open(sealed: Sealed, owner: string): Promise<string>
}

/** Data keys already opened, so that the key service is not asked for every order. */
const opened = new Map<string, Promise<Uint8Array>>()
const mostOpened = 200

/** For the workers that talk to providers. */
export const openKeys = {
  allow: [{ on: 'provider-keys', actions: ['Decrypt'] }],
  open: () => ({
    async open({ cipherText, nonce, dataKey }, owner) {
      const bytes = Buffer.from(cipherText, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', await openDataKey(dataKey, owner), Buffer.from(nonce, 'base64'))
      decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
    },
  }),
} satisfies Need<OpenKeys>

function openDataKey(dataKey: string, owner: string): Promise<Uint8Array> {
  const name = `${owner} ${dataKey}`
  const known = opened.get(name)
  if (known) return known
  if (opened.size >= mostOpened) opened.clear()
  const opening = decrypt(dataKey, owner)
  opened.set(name, opening)
  opening.catch(() => opened.delete(name))
  return opening
}

async function decrypt(dataKey: string, owner: string): Promise<Uint8Array> {
  const { Plaintext } = await kms().send(
    new DecryptCommand({
      CiphertextBlob: Buffer.from(dataKey, 'base64'),
      KeyId: process.env['PROVIDER_KEYS_ID'],
      EncryptionContext: { owner },
    }),
  )
  if (!Plaintext) throw new Error('the key service did not open the data key')
  return Plaintext
}
