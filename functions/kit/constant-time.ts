import { setTimeout as sleep } from 'node:timers/promises'

/** Answers are given at multiples of this, so that the time they take does not tell what they do not say. */
const stepMilliseconds = 750

/** For programs, of which many come: longer than it takes to write what is noted of a refused key. */
export const stepForKeys = 100

/** Runs, and answers (or fails) at the next full step since it began, however long it took. */
export async function inConstantTime<T>(
  run: () => Promise<T>,
  { step = stepMilliseconds, began = performance.now() }: { readonly step?: number; readonly began?: number } = {},
): Promise<T> {
  try {
    return await run()
  } finally {
    const took = performance.now() - began
    await sleep(step - (took % step))
  }
}
