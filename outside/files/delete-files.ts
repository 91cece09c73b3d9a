import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { CustomerId, FileId } from '../../core/ids.ts'
import { filePlaces, type Need } from '../../core/need.ts'
import { bucket, objectAt, objectKey, s3 } from './bucket.ts'

interface DeleteFiles {
  /** One file: as it came, and whatever was made of it. What is not there is deleted. */
  delete(owner: CustomerId, file: FileId): Promise<void>
}

export const deleteFiles = {
  allow: [
    { on: 'files', actions: ['DeleteObject'], under: 'uploads' },
    { on: 'files', actions: ['DeleteObject', 'ListBucket'], under: 'files' },
  ],
  open: () => ({
    async delete(owner, file) {
      await s3().send(new DeleteObjectCommand(objectAt('uploads', owner, file)))
      const made = await namesUnder(`${objectKey('files', owner, file)}/`)
      if (made.length > 0) await deleteAll(made)
    },
  }),
} satisfies Need<DeleteFiles>

interface EraseFiles {
  /** The names of everything there is of an owner's, wherever it lies. */
  list(owner: CustomerId): Promise<string[]>
  /** Everything there is of an owner's, whether or not an item names it. Answers how many objects it was. */
  erase(owner: CustomerId): Promise<number>
}

/** For the erasure of an account: what no item names any more is found by its owner's name. */
export const eraseFiles = {
  allow: filePlaces.map((under) => ({ on: 'files', actions: ['DeleteObject', 'ListBucket'], under }) as const),
  open: () => ({
    list: async (owner) => {
      const names: string[] = []
      for (const place of filePlaces) names.push(...(await namesUnder(`${place}/${owner}/`)))
      return names
    },
    async erase(owner) {
      let erased = 0
      for (const place of filePlaces)
        for (let names = await namesUnder(`${place}/${owner}/`); names.length > 0; names = await namesUnder(`${place}/${owner}/`)) {
          await deleteAll(names)
          erased += names.length
        }
      return erased
    },
  }),
} satisfies Need<EraseFiles>

/** A thousand at most: after they are deleted the next are found. */
export async function namesUnder(prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: bucket(), Prefix: prefix }))
  return Contents.flatMap(({ Key }) => Key ?? [])
}

export async function deleteAll(names: readonly string[]): Promise<void> {
  const { Errors = [] } = await s3().send(
    new DeleteObjectsCommand({ Bucket: bucket(), Delete: { Objects: names.map((Key) => ({ Key })), Quiet: true } }),
  )
  if (Errors.length > 0) throw new Error(`${Errors.length} of ${names.length} objects were not deleted: ${Errors[0]?.Code}`)
}
