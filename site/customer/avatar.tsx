import './avatar.css'
import type { ReactNode } from 'react'
import { useAnswer } from '../shared/answers.ts'
import { useDataUrl } from '../shared/use-data-url.ts'

/** The picture of the account; what stands in for it while there is none. */
export function Avatar({ fileId, fallback }: { readonly fileId: string | undefined; readonly fallback: ReactNode }) {
  const file = useAnswer(
    'GET /api/files/{fileId}',
    { path: { fileId: fileId ?? '' } },
    { enabled: fileId !== undefined, staleMilliseconds: Number.POSITIVE_INFINITY },
  ).data
  const source = useDataUrl(fileId === undefined ? undefined : file)
  return source === undefined ? fallback : <img className="avatar" src={source} alt="" width={256} height={256} />
}
