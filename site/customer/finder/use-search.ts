import { useDeferredValue, useMemo, useState } from 'react'
import { decimalsOf } from '../../shared/amounts.ts'
import { type Catalogue, countOf, type Found, indexed, type Service, search } from '../catalogue.ts'

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

/** What is looked for, wherever that is kept. */
type Wish = Pick<ServiceSearch, 'text' | 'setText' | 'category' | 'setCategory' | 'clear'>

const any = (): boolean => true

/** Searching the catalogue as one types, in the page: no request is made. */
export function useSearch(catalogue: Catalogue | undefined): ServiceSearch {
  const [text, setText] = useState('')
  const [category, setCategory] = useState('')
  const clear = (): void => {
    setText('')
    setCategory('')
  }
  return useSearchFor(catalogue, { text, setText, category, setCategory, clear })
}

/** The same for a wish that is kept elsewhere, among the services that are kept. */
export function useSearchFor(
  catalogue: Catalogue | undefined,
  wish: Wish,
  keeps: (service: Service) => boolean = any,
): ServiceSearch {
  const { category } = wish
  // Typing comes first; the list follows when there is time.
  const wanted = useDeferredValue(wish.text)
  const index = useMemo(() => indexed(catalogue?.services ?? []), [catalogue])
  const kept = useMemo(() => (keeps === any ? index : index.filter(({ service }) => keeps(service))), [index, keeps])
  const categories = useMemo(() => [...new Set(catalogue?.services.map((service) => service.category))], [catalogue])
  const found = useMemo(() => search(kept, wanted, category || undefined), [kept, wanted, category])
  return {
    ...wish,
    categories,
    found,
    total: countOf(found),
    decimals: useMemo(() => decimalsOf((catalogue?.services ?? []).map(({ rate }) => rate)), [catalogue]),
  }
}
