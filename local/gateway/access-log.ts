import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Door, RawLine } from '../../core/access-log/line.ts'
import { logFilesBucket } from '../names.ts'

const zip = promisify<string, Buffer>(gzip)

/** CloudFront delivers within the hour; nobody wants to wait for that here. */
const everyMilliseconds = 2_000
/** More than that wait for no bucket: the log loses them, and no request does (P-LOG-2). */
const mostWaiting = 20_000

/** Writes what was asked for at both addresses as CloudFront does: files in a bucket, best effort, in nobody's way. */
export function startAccessLog(s3: S3Client) {
  const waiting: Record<Door, RawLine[]> = { site: [], console: [] }

  async function deliver(door: Door): Promise<void> {
    const lines = waiting[door].splice(0)
    if (lines.length === 0) return
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const [date = '', hour = ''] = new Date().toISOString().split(/[T:]/)
    const Key = `AWSLogs/000000000000/CloudFront/${door}/${date.replaceAll('-', '/')}/LOCAL.${date}-${hour}.${randomUUID().slice(0, 8)}.gz`
    await s3.send(new PutObjectCommand({ Bucket: logFilesBucket, Key, Body: await zip(text) })).catch(() => undefined)
  }
  const all = async (): Promise<void> => {
    await Promise.all([deliver('site'), deliver('console')])
  }
  const timer = setInterval(() => void all(), everyMilliseconds)

  return {
    note(door: Door, line: RawLine): void {
      if (waiting[door].length < mostWaiting) waiting[door].push(line)
    },
    async stop(): Promise<void> {
      clearInterval(timer)
      await all()
    },
  }
}
