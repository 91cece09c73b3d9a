import { type Faulty, faulty, type Image, type Text } from './found.ts'
import { inspectGif } from './gif.ts'
import { inspectJpeg } from './jpeg.ts'
import { inspectPng } from './png.ts'
import { longestSide, mostPixels, type UploadType } from './rules.ts'
import { inspectText } from './text.ts'
import { inspectWebp } from './webp.ts'

/** What a file is by its content: its name and what the browser said of it count for nothing. Nothing is decoded here. */
export function inspect(bytes: Uint8Array, declared: UploadType): Image | Text | Faulty {
  const found = inspectPng(bytes) ?? inspectJpeg(bytes) ?? inspectGif(bytes) ?? inspectWebp(bytes) ?? inspectText(bytes)
  if (found.kind === 'faulty') return found
  if ((found.kind === 'text') !== (declared === 'text/plain')) return faulty('not-what-it-says')
  return found.kind === 'image' ? measured(found) : found
}

function measured(image: Image): Image | Faulty {
  const { width, height } = image
  if (width < 1 || height < 1) return faulty('damaged')
  return width * height > mostPixels || Math.max(width, height) > longestSide ? faulty('too-many-pixels') : image
}
