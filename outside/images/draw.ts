import type { Image } from '../../core/files/found.ts'
import { attachmentSides, avatarSide, type FilePurpose, largestStored } from '../../core/files/rules.ts'
import { hasAlpha, onWhite, type Pixels, upright } from './pixels.ts'

/** A picture drawn anew: nothing of the file that was uploaded is in it but what can be seen. */
export interface Drawn {
  readonly type: 'image/jpeg' | 'image/png'
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

const quality = 85

/**
 * Decodes a picture and draws it anew. An avatar: its middle, 256 by 256, JPEG on white. An attachment: as large as it was,
 * 4096 pixels at most; a photograph (JPEG, or WebP without transparency) as JPEG, a drawing as PNG unless that is too large.
 */
export async function draw(image: Pick<Image, 'still' | 'format' | 'orientation'>, purpose: FilePurpose): Promise<Drawn> {
  // Compiled when it is needed, and there alone.
  const { PhotonImage, SamplingFilter, crop, resize } = await import('@cf-wasm/photon/node')
  const decoded = PhotonImage.new_from_byteslice(image.still)
  const [width, height] = [decoded.get_width(), decoded.get_height()]

  const pixelsOf = (picture: InstanceType<typeof PhotonImage>): Pixels => ({
    width: picture.get_width(),
    height: picture.get_height(),
    data: picture.get_raw_pixels(),
  })
  const scaled = (wide: number, high: number): Pixels =>
    pixelsOf(wide === width && high === height ? decoded : resize(decoded, wide, high, SamplingFilter.Lanczos3))
  const encoded = (pixels: Pixels, type: Drawn['type']): Drawn => {
    const { width, height, data } = type === 'image/jpeg' ? onWhite(pixels) : pixels
    const picture = new PhotonImage(data, width, height)
    return { type, width, height, bytes: type === 'image/jpeg' ? picture.get_bytes_jpeg(quality) : picture.get_bytes() }
  }

  if (purpose === 'avatar') {
    const side = Math.min(width, height)
    const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)]
    const middle = crop(decoded, left, top, left + side, top + side)
    const small = pixelsOf(resize(middle, avatarSide, avatarSide, SamplingFilter.Lanczos3))
    return encoded(upright(small, image.orientation), 'image/jpeg')
  }
  let last: Drawn | undefined
  for (const side of attachmentSides) {
    const scale = Math.min(1, side / Math.max(width, height))
    const pixels = upright(scaled(atLeastOne(width * scale), atLeastOne(height * scale)), image.orientation)
    for (const type of typesFor(image.format, pixels)) {
      last = encoded(pixels, type)
      if (last.bytes.length <= largestStored) return last
    }
  }
  throw new Error(`a picture of ${width} by ${height} is too large at every size: ${last?.bytes.length} bytes`)
}

const atLeastOne = (side: number): number => Math.max(1, Math.round(side))

/** In this order. */
function typesFor(format: Image['format'], pixels: Pixels): Drawn['type'][] {
  const isPhotograph = format === 'jpeg' || (format === 'webp' && !hasAlpha(pixels))
  return isPhotograph ? ['image/jpeg'] : ['image/png', 'image/jpeg']
}
