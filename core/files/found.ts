import type { FileFault } from './rules.ts'

/** How a camera was held, as EXIF numbers it: 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export interface Image {
  readonly kind: 'image'
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp'
  readonly width: number
  readonly height: number
  readonly orientation: Orientation
  /** What a decoder is handed: one picture, and of all else as little as the format allows. */
  readonly still: Uint8Array
}

export interface Text {
  readonly kind: 'text'
  readonly text: string
}

export interface Faulty {
  readonly kind: 'faulty'
  readonly why: FileFault
}

export const faulty = (why: FileFault): Faulty => ({ kind: 'faulty', why })
