import { beginsWith, type Reader, reader, unlessEnded } from './bytes.ts'
import { orientationIn } from './exif.ts'
import { type Faulty, faulty, type Image, type Orientation } from './found.ts'
import { mostScans } from './rules.ts'

const [startOfScan, endOfImage, app1] = [0xda, 0xd9, 0xe1]
/** Of the segments that begin a frame, those that are not tables. */
const beginsFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

export function inspectJpeg(bytes: Uint8Array): Image | Faulty | undefined {
  if (!beginsWith(bytes, '\xff\xd8\xff')) return undefined
  return unlessEnded((): Image | Faulty => {
    const file = reader(bytes)
    let size: { readonly width: number; readonly height: number } | undefined
    let orientation: Orientation = 1
    let scans = 0
    for (let at = 2; ; ) {
      if (file.u8(at) !== 0xff) return faulty('damaged')
      const marker = file.u8(at + 1)
      if (marker === 0xff) {
        at++
        continue
      }
      if (marker === endOfImage) {
        if (!size || scans === 0) return faulty('damaged')
        return { kind: 'image', format: 'jpeg', ...size, orientation, still: file.part(0, at + 2) }
      }
      const end = at + 2 + file.u16(at + 2)
      if (beginsFrame(marker)) {
        // A second size is not what was counted.
        if (size) return faulty('damaged')
        size = { height: file.u16(at + 5), width: file.u16(at + 7) }
      }
      if (marker === app1 && file.text(at + 4, 6) === 'Exif\0\0') orientation = orientationIn(file.part(at + 10, end))
      if (marker === startOfScan && ++scans > mostScans) return faulty('damaged')
      at = marker === startOfScan ? afterScan(file, end) : end
    }
  }, faulty('damaged'))
}

/** Where the picture's own data ends: at a marker that is neither a stuffed byte nor a restart. */
function afterScan(file: Reader, from: number): number {
  for (let at = from; ; at++) {
    if (file.u8(at) !== 0xff) continue
    const next = file.u8(at + 1)
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
}
