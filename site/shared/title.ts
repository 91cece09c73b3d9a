import { useEffect } from 'react'

/** What the tab is called. */
export function useTitle(page: string, product: string | undefined): void {
  useEffect(() => {
    document.title = product ? `${page} · ${product}` : page
  }, [page, product])
}
