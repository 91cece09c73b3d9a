import { useEffect, useState } from 'react'

/** A file as an address: pages load pictures from the panel or from what they hold themselves, and from nowhere else. */
export function useDataUrl(file: Blob | undefined): string | undefined {
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
