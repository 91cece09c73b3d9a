import { useSyncExternalStore } from 'react'

const every = 20_000
let now = new Date()

function subscribe(changed: () => void): () => void {
  const timer = setInterval(() => {
    now = new Date()
    changed()
  }, every)
  return () => clearInterval(timer)
}

function current(): Date {
  // Between two ticks the same value, or React would never come to rest.
  if (Date.now() - now.getTime() > every) now = new Date()
  return now
}

/** The time, fresh enough for "12 min ago". */
export const useNow = (): Date => useSyncExternalStore(subscribe, current)
