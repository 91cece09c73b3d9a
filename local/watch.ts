import { watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Functions } from './functions/pool.ts'
import { buildSites } from './sites.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** `npm run dev`: a change of the functions' code renews their instances, a change of the site builds it again. */
export function watchSources(functions: Functions, tell: (step: string) => void): void {
  follow(['core', 'data', 'functions', 'outside'], async () => {
    await functions.renew()
    tell('the functions run the changed code')
  })
  follow(['site'], async () => {
    await buildSites()
    tell('the site is built again: reload the page')
  })
}

/** Several changes within a moment are one. One run at a time. */
function follow(folders: readonly string[], run: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(run).catch((error: unknown) => console.error(error))
    }, 200)
  }
  for (const folder of folders) watch(join(root, folder), { recursive: true }, soon)
}
