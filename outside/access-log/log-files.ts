import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3'
import type { Need } from '../../core/need.ts'

let client: S3Client | undefined
const s3 = (): S3Client => {
  client ??= new S3Client({ forcePathStyle: true })
  return client
}

/** A file that ends before its end, or is packed in no way that is known. What was read of it stands. */
export class BrokenFile extends Error {}

interface LogFiles {
  /**
   * The lines of a file as they are unpacked: however long it is, no more than a piece of it is held. A line longer than
   * any is told empty. Throws `BrokenFile` where nothing more can be read; undefined for a file that is gone.
   */
  lines(file: string): Promise<AsyncGenerator<string> | undefined>
  /** The addresses of the site itself: coming from there is coming from nowhere. */
  readonly ownHosts: ReadonlySet<string>
}

export const logFiles = {
  allow: [{ on: 'log-files' }],
  open: () => ({
    async lines(file) {
      const bytes = await fetchBytes(file)
      return bytes && linesOf(bytes)
    },
    ownHosts: new Set((process.env['SITE_HOSTS'] ?? '').split(' ').filter((host) => host !== '')),
  }),
} satisfies Need<LogFiles>

async function fetchBytes(file: string): Promise<Readable | undefined> {
  try {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: process.env['LOG_FILES_BUCKET'], Key: file }))
    return Body instanceof Readable ? Body : Readable.from([])
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    throw error
  }
}

/** Longer than CloudFront writes any: it cuts what is asked for at 8 KB, and names at 4 KB. */
const longestLine = 65_536

export async function* linesOf(packed: Readable): AsyncGenerator<string> {
  const unpacked = createGunzip()
  let fetching: unknown
  packed.on('error', (error) => {
    fetching = error
    unpacked.destroy(error)
  })
  packed.pipe(unpacked)
  const decoder = new TextDecoder()
  let rest = ''
  let tooLong = false
  try {
    for await (const piece of unpacked) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        yield tooLong || line.length > longestLine ? '' : line
        tooLong = false
      }
      if (rest.length > longestLine) {
        tooLong = true
        rest = ''
      }
    }
    if (rest !== '' || tooLong) yield tooLong ? '' : rest
  } catch (error) {
    // The bucket that did not answer is asked again; what is broken stays broken.
    throw fetching === undefined && isUnpacking(error) ? new BrokenFile() : error
  } finally {
    packed.destroy()
    unpacked.destroy()
  }
}

const isUnpacking = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
