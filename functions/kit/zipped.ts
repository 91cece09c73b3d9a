import { crc32, createDeflateRaw } from 'node:zlib'
import { descriptor, directory, header, type Packed } from '../../core/archive/zip.ts'

/** A file to be packed, as it comes. */
export interface ToPack {
  readonly name: string
  readonly content: AsyncIterable<string | Uint8Array>
}

/** A ZIP file piece by piece, of files of which no more than a piece is ever held. */
export async function* zipped(files: AsyncIterable<ToPack> | Iterable<ToPack>): AsyncGenerator<Buffer> {
  const packed: Packed[] = []
  let offset = 0
  for await (const { name, content } of files) {
    const begins = offset
    const count = (piece: Buffer): Buffer => {
      offset += piece.length
      return piece
    }
    yield count(header(name))
    const [before, sum] = [offset, { crc: 0, bytes: 0 }]
    for await (const piece of deflated(content, sum)) yield count(piece)
    const file = { name, ...sum, packedBytes: offset - before, offset: begins }
    packed.push(file)
    yield count(descriptor(file))
  }
  yield directory(packed, offset)
}

async function* deflated(content: ToPack['content'], sum: { crc: number; bytes: number }): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw()
  const feeding = (async () => {
    for await (const bytes of inBlocks(content)) {
      sum.crc = crc32(bytes, sum.crc)
      sum.bytes += bytes.length
      if (!deflate.write(bytes)) await new Promise<void>((go) => deflate.once('drain', go))
    }
    deflate.end()
  })()
  feeding.catch((error: unknown) => deflate.destroy(error instanceof Error ? error : new Error(String(error))))
  for await (const piece of deflate) yield piece
  await feeding
}

/** A row at a time is too little to be worth a call. */
const blockBytes = 64 * 1024

async function* inBlocks(content: ToPack['content']): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const piece of content) {
    if (typeof piece !== 'string') {
      yield piece
      continue
    }
    text += piece
    if (text.length < blockBytes) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}
