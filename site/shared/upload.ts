import type { Answer, Call } from '../api.ts'
import { Failure } from '../failure.ts'

type Upload = Answer<'GET /api/uploads/{fileId}'>
type Fault = NonNullable<Upload['why']>

/** What to do about a file that was not taken. */
export const faultWords: Readonly<Record<Fault, string>> = {
  'not-accepted': 'This is no image the panel takes. PNG, JPEG, WebP and GIF are.',
  'not-what-it-says': 'What is in this file is not what its name says. Save it anew as PNG or JPEG.',
  'too-large': 'This file is too large: 10 MB at most.',
  'too-many-pixels': 'This picture has too many pixels: 24 million at most. Save it smaller.',
  moving: 'This is a film. Choose a still picture.',
  damaged: 'This picture is damaged, or only part of it arrived. Save it anew, or choose another.',
}

interface Sending {
  readonly purpose: 'avatar' | 'attachment'
  readonly file: Blob
  /** From 0 to 1, while it is on its way. */
  readonly onProgress: (share: number) => void
}

/** How often it is asked what became of a file, and for how long. */
const askMilliseconds = 700
const patienceMilliseconds = 60_000

/** Announces a file, posts it to the bucket, and waits until it is checked. Throws a failure, or an error in words. */
export async function upload(call: Call, { purpose, file, onProgress }: Sending): Promise<Upload> {
  const { fileId, url, fields } = await call('POST /api/uploads', { body: { purpose, type: file.type, bytes: file.size } })
  await post(url, fields, file, onProgress)
  for (let waited = 0; waited < patienceMilliseconds; waited += askMilliseconds) {
    const found = await call('GET /api/uploads/{fileId}', { path: { fileId } })
    if (found.state === 'refused') throw new Error(faultWords[found.why ?? 'damaged'])
    if (found.state === 'ready') return found
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
