import * as z from 'zod/mini'
import type { StoredType } from '../../core/files/rules.ts'
import type { Answer } from './answer.ts'

/** What an endpoint that answers with a file returns. */
export const fileBytes = z.file()

/** A file in place of JSON. */
export class FileAnswer {
  readonly type: StoredType
  readonly bytes: Uint8Array
  /** Without the ending, which the type says. */
  readonly name: string

  constructor({ type, bytes, name }: Pick<FileAnswer, 'type' | 'bytes' | 'name'>) {
    this.type = type
    this.bytes = bytes
    this.name = name
  }
}

const endings = { 'image/jpeg': 'jpg', 'image/png': 'png', 'text/plain': 'txt' } as const satisfies Record<StoredType, string>

/** Kept by nobody on the way, taken for nothing but what it is, and, where it is no picture, saved and not shown. */
export const fileAnswer = ({ type, bytes, name }: FileAnswer): Answer => ({
  statusCode: 200,
  headers: {
    'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'content-disposition': `${type === 'text/plain' ? 'attachment' : 'inline'}; filename="${name}.${endings[type]}"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  },
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
})
