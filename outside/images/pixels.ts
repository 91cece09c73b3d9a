import type { Orientation } from '../../core/files/found.ts'

/** A decoded picture: four bytes a pixel, red, green, blue, opacity. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** From where in the picture as it lies a pixel of the upright picture comes. */
const sources: Readonly<Record<Orientation, (x: number, y: number, w: number, h: number) => readonly [number, number]>> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [y, h - 1 - x],
  7: (x, y, w, h) => [w - 1 - y, h - 1 - x],
  8: (x, y, w) => [w - 1 - y, x],
}

/** The picture as it was meant to be seen, now that nothing will say any more how the camera was held. */
export function upright({ width, height, data }: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return { width, height, data }
  const lies = orientation >= 5
  const [wide, high] = lies ? [height, width] : [width, height]
  const from = new Uint32Array(data.slice().buffer)
  const to = new Uint32Array(wide * high)
  const source = sources[orientation]
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const [sourceX, sourceY] = source(x, y, width, height)
      to[y * wide + x] = from[sourceY * width + sourceX] ?? 0
    }
  return { width: wide, height: high, data: new Uint8Array(to.buffer) }
}

export function hasAlpha({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true
  return false
}

/** On white, for a format that knows no transparency. */
export function onWhite({ width, height, data }: Pixels): Pixels {
  const flat = Uint8Array.from(data)
  for (let at = 0; at < flat.length; at += 4) {
    const opacity = (flat[at + 3] ?? 255) / 255
    for (let channel = at; channel < at + 3; channel++)
      flat[channel] = Math.round((flat[channel] ?? 0) * opacity + 255 * (1 - opacity))
    flat[at + 3] = 255
  }
  return { width, height, data: flat }
}
