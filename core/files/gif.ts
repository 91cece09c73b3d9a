import { beginsWith, joined, type Reader, reader, unlessEnded } from './bytes.ts'
import { type Faulty, faulty, type Image } from './found.ts'

const [extension, picture, controls] = [0x21, 0x2c, 0xf9]
const trailer = new Uint8Array([0x3b])

/** The first frame alone: how many follow, and what stands behind them, is of no concern. */
export function inspectGif(bytes: Uint8Array): Image | Faulty | undefined {
  if (!beginsWith(bytes, 'GIF87a') && !beginsWith(bytes, 'GIF89a')) return undefined
  return unlessEnded((): Image | Faulty => {
    const file = reader(bytes)
    const [width, height] = [file.u16le(6), file.u16le(8)]
    const parts: Uint8Array[] = []
    let at = 13 + tableBytes(file.u8(10))
    parts.push(file.part(0, at))
    for (;;) {
      const block = file.u8(at)
      if (block === extension) {
        const end = afterBlocks(file, at + 2)
        if (file.u8(at + 1) === controls) parts.push(file.part(at, end))
        at = end
      } else if (block === picture) {
        const [left, top, wide, high] = [file.u16le(at + 1), file.u16le(at + 3), file.u16le(at + 5), file.u16le(at + 7)]
        if (left + wide > width || top + high > height) return faulty('damaged')
        const end = afterBlocks(file, at + 10 + tableBytes(file.u8(at + 9)) + 1)
        return {
          kind: 'image',
          format: 'gif',
          width,
          height,
          orientation: 1,
          still: joined([...parts, file.part(at, end), trailer]),
        }
      } else {
        return faulty('damaged')
      }
    }
  }, faulty('damaged'))
}

/** Of a table of colours, from the byte that tells of it. */
const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))

function afterBlocks(file: Reader, from: number): number {
  let at = from
  for (let size = file.u8(at); size > 0; size = file.u8(at)) at += 1 + size
  return at + 1
}
