import { beginsWith, joined, reader, unlessEnded } from './bytes.ts'
import { type Faulty, faulty, type Image } from './found.ts'

/** What a picture is made of. Texts, profiles, cameras' notes, and the frames of a film, are left out. */
const kept: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']
const signature = '\x89PNG\r\n\x1a\n'

export function inspectPng(bytes: Uint8Array): Image | Faulty | undefined {
  if (!beginsWith(bytes, signature)) return undefined
  return unlessEnded((): Image | Faulty => {
    const file = reader(bytes)
    if (file.text(12, 4) !== 'IHDR') return faulty('damaged')
    const [width, height] = [file.u32(16), file.u32(20)]
    const parts = [file.part(0, 8)]
    for (let at = 8; ; ) {
      const type = file.text(at + 4, 4)
      const end = at + 12 + file.u32(at)
      const chunk = file.part(at, end)
      if (kept.includes(type)) parts.push(chunk)
      // What stands behind the end is not the picture's.
      if (type === 'IEND') break
      at = end
    }
    return { kind: 'image', format: 'png', width, height, orientation: 1, still: joined(parts) }
  }, faulty('damaged'))
}
