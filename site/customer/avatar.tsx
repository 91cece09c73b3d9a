import './avatar.css'
import { useEffect, useState } from 'react'
import { useAnswer } from '../shared/answers.ts'

/** The picture of the account; what stands in for it while there is none. */
export function Avatar({ fileId, fallback }: { readonly fileId: string | undefined; readonly fallback: React.ReactNode }) {
  const file = useAnswer(
    'GET /api/files/{fileId}',
    { path: { fileId: fileId ?? '' } },
    { enabled: fileId !== undefined, staleMilliseconds: Number.POSITIVE_INFINITY },
  ).data
  const source = useDataUrl(fileId === undefined ? undefined : file)
  return source === undefined ? fallback : <img className="avatar" src={source} alt="" width={256} height={256} />
}

/** The pages load pictures from the panel or from what they hold themselves, and from nowhere else. */
function useDataUrl(file: Blob | undefined): string | undefined {
  const [source, setSource] = useState<string>()
  useEffect(() => {
    setSource(undefined)
    if (!file) return
    const reader = new FileReader()
    reader.onload = () => setSource(String(reader.result))
    reader.readAsDataURL(file)
    return () => reader.abort()
  }, [file])
  return source
}
