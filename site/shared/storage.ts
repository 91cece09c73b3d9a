/** The browser's own memory, where it has one and lends it: nothing correct depends on it. */
function guarded(which: () => Storage) {
  return {
    get(name: string): string | null {
      try {
        return which().getItem(name)
      } catch {
        return null
      }
    },
    set(name: string, value: string): void {
      try {
        which().setItem(name, value)
      } catch {
        // Switched off, or full.
      }
    },
    remove(name: string): void {
      try {
        which().removeItem(name)
      } catch {
        // Switched off.
      }
    },
  }
}

/** Until the browser forgets. */
export const kept = guarded(() => localStorage)
/** For this tab alone, over a reload. */
export const keptForTab = guarded(() => sessionStorage)
