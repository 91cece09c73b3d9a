import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Filters } from './filters.ts'

const pauseMilliseconds = 300

/** Filters live in the address, so a list can be linked to; what is being typed gets there when the typing pauses. */
export function useFilters(filters: Filters) {
  const navigate = useNavigate()
  const [text, setText] = useState(filters.q ?? '')
  const told = useRef(filters.q ?? '')
  const go = (next: Filters): void => void navigate({ to: '/services', search: next, replace: true, resetScroll: false })
  const change = (part: { readonly [Name in keyof Filters]?: Filters[Name] | undefined }): void => {
    const next = { ...filters, ...part }
    go(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)))
  }

  // A link or the way back led here: what the address says is what is looked for.
  useEffect(() => {
    const said = filters.q ?? ''
    if (said === told.current) return
    told.current = said
    setText(said)
  }, [filters.q])

  // biome-ignore lint/correctness/useExhaustiveDependencies: typing alone sets it going
  useEffect(() => {
    if (text === told.current) return undefined
    const timer = setTimeout(() => {
      told.current = text
      change({ q: text === '' ? undefined : text })
    }, pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [text])

  return {
    text,
    setText,
    change,
    clear: (): void => {
      told.current = ''
      setText('')
      go({})
    },
  }
}
