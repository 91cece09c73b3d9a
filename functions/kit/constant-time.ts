import { setTimeout as sleep } from 'node:timers/promises'

/** Answers are given at multiples of this, so that the time they take does not tell what they do not say. */
const stepMilliseconds = 750

/** Runs, and answers (or fails) at the next full step, however long it took. */
export async function inConstantTime<T>(run: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await run()
  } finally {
    const took = performance.now() - began
    await sleep(stepMilliseconds - (took % stepMilliseconds))
  }
}
