/** What customers upload for themselves. */
export const ownPurposes = ['avatar', 'attachment'] as const
/** What a file is for; a reply is what staff attach to an answer. It is its customer's, as the ticket is. */
export const filePurposes = [...ownPurposes, 'reply'] as const
export type FilePurpose = (typeof filePurposes)[number]

/** What may be sent, as the browser names it. What it really is, its content says. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const
export const acceptedTypes = {
  avatar: imageTypes,
  attachment: [...imageTypes, 'text/plain'],
  reply: [...imageTypes, 'text/plain'],
} as const satisfies Readonly<Record<FilePurpose, readonly string[]>>

export type UploadType = (typeof acceptedTypes)[FilePurpose][number]

/** In what form a file is kept, whatever came. */
export const storedTypes = ['image/jpeg', 'image/png', 'text/plain'] as const
export type StoredType = (typeof storedTypes)[number]

/** In bytes, as it is sent. */
export const largestImage = 10_000_000
export const largestText = 1_000_000
export const largestUpload = (type: UploadType): number => (type === 'text/plain' ? largestText : largestImage)

/** Read from the header, before anything is decoded: 24 megapixels take 100 MB of memory, and as much again twice. */
export const mostPixels = 24_000_000
/** A picture that is longer than this is no photograph. */
export const longestSide = 16_000
/** Each scan of a progressive JPEG passes over every pixel once more. */
export const mostScans = 100

export const avatarSide = 256
/** Sides that an attached image is kept at: the first at which it fits into `largestStored`. */
export const attachmentSides = [4_096, 2_560, 1_600] as const
/** In bytes. A function answers 6 MB, in base64. */
export const largestStored = 4_000_000

/** Altogether, of what an account uploaded: what is declared counts until it was checked. */
export const mostStored = 200_000_000

/** Why a file was not taken. */
export const fileFaults = [
  /** Neither an image of ours nor plain text. */
  'not-accepted',
  /** Text that says it is an image, or the other way round. */
  'not-what-it-says',
  'too-large',
  'too-many-pixels',
  /** A film in place of a picture. */
  'moving',
  'damaged',
] as const
export type FileFault = (typeof fileFaults)[number]

export function uploadType(purpose: FilePurpose, type: string): UploadType | undefined {
  const accepted: readonly UploadType[] = acceptedTypes[purpose]
  return accepted.find((one) => one === type)
}
