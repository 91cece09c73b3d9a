import { useDeferredValue, useMemo, useState } from 'react'
import { decimalsOf } from '../../shared/amounts.ts'
import { type Catalogue, countOf, type Found, indexed, search } from '../catalogue.ts'

export interface ServiceSearch {
  readonly text: string
  readonly setText: (text: string) => void
  readonly category: string
  readonly setCategory: (category: string) => void
  readonly categories: readonly string[]
  readonly found: readonly Found[]
  readonly total: number
  /** How many decimals a column of these rates needs. */
  readonly decimals: number
  readonly clear: () => void
}

/** Searching the catalogue as one types, in the page: no request is made. */
export function useSearch(catalogue: Catalogue | undefined): ServiceSearch {
  const [text, setText] = useState('')
  const [category, setCategory] = useState('')
  // Typing comes first; the list follows when there is time.
  const wanted = useDeferredValue(text)
  const index = useMemo(() => indexed(catalogue?.services ?? []), [catalogue])
  const categories = useMemo(() => [...new Set(catalogue?.services.map((service) => service.category))], [catalogue])
  const found = useMemo(() => search(index, wanted, category || undefined), [index, wanted, category])
  return {
    text,
    setText,
    category,
    setCategory,
    categories,
    found,
    total: countOf(found),
    decimals: useMemo(() => decimalsOf((catalogue?.services ?? []).map(({ rate }) => rate)), [catalogue]),
    clear: () => {
      setText('')
      setCategory('')
    },
  }
}
