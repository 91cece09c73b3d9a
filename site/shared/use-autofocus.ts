import { type RefObject, useEffect, useRef } from 'react'

/** Puts the caret into the first field of a form that is all there is on a page, or one step of it. */
export function useAutofocus<T extends HTMLElement>(step?: unknown): RefObject<T | null> {
  const within = useRef<T>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each step
  useEffect(() => within.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [step])
  return within
}
