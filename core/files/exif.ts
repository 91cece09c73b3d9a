import { reader, unlessEnded } from './bytes.ts'
import type { Orientation } from './found.ts'

const orientationTag = 0x0112

/** How the camera was held; upright where nothing says otherwise. The one thing of what a camera notes that is heeded. */
export const orientationIn = (tiff: Uint8Array): Orientation =>
  unlessEnded((): Orientation => {
    const file = reader(tiff)
    const order = file.text(0, 2)
    if (order !== 'II' && order !== 'MM') return 1
    const u16 = order === 'II' ? file.u16le : file.u16
    const u32 = order === 'II' ? file.u32le : file.u32
    const directory = u32(4)
    const entries = u16(directory)
    for (let entry = 0; entry < entries; entry++) {
      const at = directory + 2 + entry * 12
      if (u16(at) === orientationTag) return asOrientation(u16(at + 8))
    }
    return 1
  }, 1)

function asOrientation(value: number): Orientation {
  const known: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
  return known.find((one) => one === value) ?? 1
}
