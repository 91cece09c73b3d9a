import { useSyncExternalStore } from 'react'
import { kept } from '../shared/storage.ts'

const name = 'signed-in'
const listeners = new Set<() => void>()
const tell = (): void => {
  for (const listener of listeners) listener()
}

/**
 * Whether this browser was signed in when it was last here. The session itself is in cookies that no script can read; this
 * only spares public pages from asking for an account where there is none.
 */
export const session = {
  wasHere: (): boolean => kept.get(name) === 'yes',
  begun(): void {
    if (session.wasHere()) return
    kept.set(name, 'yes')
    tell()
  },
  ended(): void {
    kept.remove(name)
    tell()
  },
}

export const useWasHere = (): boolean =>
  useSyncExternalStore((changed) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }, session.wasHere)
