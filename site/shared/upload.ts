import type { FileFault } from '../../core/files/rules.ts'
import { Failure } from '../failure.ts'

/** Where files of one kind are announced, and asked after. */
export interface UploadDesk {
  /** Whether plain text is taken there, beside pictures. */
  readonly takesText: boolean
  announce(file: { readonly type: string; readonly bytes: number }): Promise<Form>
  became(fileId: string): Promise<Upload>
}

interface Form {
  readonly fileId: string
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

interface Upload {
  readonly fileId: string
  readonly state: 'awaiting' | 'ready' | 'refused'
  readonly why?: FileFault | undefined
}

const imageTypes = 'image/png,image/jpeg,image/webp,image/gif'
/** What a file chooser offers. What a file really is, the panel finds out. */
export const acceptedBy = ({ takesText }: Pick<UploadDesk, 'takesText'>): string =>
  takesText ? `${imageTypes},text/plain` : imageTypes

/** What to do about a file that was not taken. */
const faultWords = (why: FileFault, { takesText }: UploadDesk): string =>
  ({
    'not-accepted': takesText
      ? 'This is neither a picture the panel takes (PNG, JPEG, WebP, GIF) nor plain text.'
      : 'This is no image the panel takes. PNG, JPEG, WebP and GIF are.',
    'not-what-it-says': 'What is in this file is not what its name says. Save it anew as PNG or JPEG.',
    'too-large': 'This file is too large: 10 MB at most.',
    'too-many-pixels': 'This picture has too many pixels: 24 million at most. Save it smaller.',
    moving: 'This is a film. Choose a still picture.',
    damaged: 'This picture is damaged, or only part of it arrived. Save it anew, or choose another.',
  })[why]

/** How often it is asked what became of a file, and for how long. */
const askMilliseconds = 700
const patienceMilliseconds = 60_000

/**
 * Announces a file, posts it to the bucket, and waits until it is checked; answers its name. Throws a failure, or an error in
 * words. `onProgress` hears from 0 to 1, while it is on its way.
 */
export async function upload(desk: UploadDesk, file: Blob, onProgress: (share: number) => void): Promise<string> {
  const { fileId, url, fields } = await desk.announce({ type: file.type, bytes: file.size })
  await post(url, fields, file, onProgress)
  for (let waited = 0; waited < patienceMilliseconds; waited += askMilliseconds) {
    const { state, why = 'damaged' } = await desk.became(fileId)
    if (state === 'refused') throw new Error(faultWords(why, desk))
    if (state === 'ready') return fileId
    await new Promise((go) => setTimeout(go, askMilliseconds))
  }
  throw new Error('The check takes longer than usual. Nothing was changed; try again in a few minutes.')
}

/** Only this way of asking tells how far it is. */
function post(
  url: string,
  fields: Readonly<Record<string, string>>,
  file: Blob,
  onProgress: (share: number) => void,
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.onload = () =>
      request.status < 300 ? done() : failed(new Error('The file did not get through. Nothing was changed; try again.'))
    request.onerror = () => failed(new Failure('offline', ''))
    request.send(form)
  })
}

/** Why a file was not taken, in words: of an error of `upload`. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Failure)) return error instanceof Error ? error.message : 'It could not be checked.'
  const most = error.code === 'file-too-large' ? error.detail['bytes'] : undefined
  return typeof most === 'number' ? `This file is too large: ${most / 1_000_000} MB at most.` : error.message
}
