import type { LocalName, TabName } from '../../core/identity/browser-storage.ts'

/** The browser's own memory, where it has one and lends it: nothing correct depends on it. */
function guarded<Name extends string>(which: () => Storage) {
  return {
    get(name: Name): string | null {
      try {
        return which().getItem(name)
      } catch {
        return null
      }
    },
    set(name: Name, value: string): void {
      try {
        which().setItem(name, value)
      } catch {
        // Switched off, or full.
      }
    },
    remove(name: Name): void {
      try {
        which().removeItem(name)
      } catch {
        // Switched off.
      }
    },
  }
}

/** Until the browser forgets. */
export const kept = guarded<LocalName>(() => localStorage)
/** For this tab alone, over a reload. */
export const keptForTab = guarded<TabName>(() => sessionStorage)
