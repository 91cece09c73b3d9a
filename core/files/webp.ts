import { beginsWith, joined, type Reader, reader, unlessEnded } from './bytes.ts'
import { orientationIn } from './exif.ts'
import { type Faulty, faulty, type Image, type Orientation } from './found.ts'

const kept: readonly string[] = ['VP8X', 'ALPH', 'VP8 ', 'VP8L']
const [alphaFlag, animationFlag] = [0x10, 0x02]

export function inspectWebp(bytes: Uint8Array): Image | Faulty | undefined {
  if (!beginsWith(bytes, 'RIFF') || !beginsWith(bytes.subarray(8), 'WEBP')) return undefined
  return unlessEnded((): Image | Faulty => {
    const file = reader(bytes)
    const end = 8 + file.u32le(4)
    file.part(0, end)
    const parts: Uint8Array[] = []
    let size: Size | undefined
    let orientation: Orientation = 1
    for (let at = 12; at + 8 <= end; ) {
      const type = file.text(at, 4)
      const length = file.u32le(at + 4)
      const data = at + 8
      const next = data + length + (length % 2)
      if (type === 'VP8X') {
        if (file.u8(data) & animationFlag) return faulty('moving')
        const canvas = { width: 1 + file.u24le(data + 4), height: 1 + file.u24le(data + 7) }
        size = larger(size, canvas)
        parts.push(file.part(at, data), withAlphaAlone(file.part(data, data + length)))
      } else if (kept.includes(type)) {
        parts.push(file.part(at, data), padded(file.part(data, data + length)))
        if (type !== 'ALPH') size = larger(size, sizeOf(file, type, data))
      } else if (type === 'EXIF') {
        const exif = file.part(data, data + length)
        orientation = orientationIn(beginsWith(exif, 'Exif\0\0') ? exif.subarray(6) : exif)
      }
      at = next
    }
    if (!size) return faulty('damaged')
    return { kind: 'image', format: 'webp', ...size, orientation, still: inRiff(joined(parts)) }
  }, faulty('damaged'))
}

interface Size {
  readonly width: number
  readonly height: number
}

/** The frame and the canvas may say different things; what counts is what may be made room for. */
const larger = (one: Size | undefined, other: Size): Size => ({
  width: Math.max(one?.width ?? 0, other.width),
  height: Math.max(one?.height ?? 0, other.height),
})

function sizeOf(file: Reader, type: string, data: number): Size {
  if (type === 'VP8 ') return { width: file.u16le(data + 6) & 0x3fff, height: file.u16le(data + 8) & 0x3fff }
  const packed = file.u32le(data + 1)
  return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) }
}

function withAlphaAlone(header: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(header)
  copy[0] = (copy[0] ?? 0) & alphaFlag
  return padded(copy)
}

const padded = (data: Uint8Array): Uint8Array => (data.length % 2 === 0 ? data : joined([data, new Uint8Array(1)]))

function inRiff(chunks: Uint8Array): Uint8Array {
  const header = new Uint8Array(12)
  header.set(new TextEncoder().encode('RIFF'), 0)
  new DataView(header.buffer).setUint32(4, 4 + chunks.length, true)
  header.set(new TextEncoder().encode('WEBP'), 8)
  return joined([header, chunks])
}
