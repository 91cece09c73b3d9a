import type { CustomerId, KeyId } from '../../core/ids.ts'

interface EndingKeys {
  readonly listed: {
    of(id: CustomerId, now: Date): Promise<readonly { keyId: KeyId; revokedAt?: Date | undefined; closesAt?: Date | undefined }[]>
  }
  readonly keys: { revoke(id: CustomerId, key: KeyId, now: Date): Promise<unknown> }
}

/** Every key of a closed account. Its status alone keeps them from opening anything; kept, it does not bring them back. */
export async function endKeys({ listed, keys }: EndingKeys, id: CustomerId, now: Date): Promise<void> {
  for (const key of await listed.of(id, now))
    if (!key.revokedAt && (!key.closesAt || key.closesAt > now)) await keys.revoke(id, key.keyId, now)
}
