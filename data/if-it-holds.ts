import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'

/** What a single conditional write answers; undefined when its condition does not hold. Whatever else goes wrong throws. */
export async function ifItHolds<T extends object>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined
    throw error
  }
}
