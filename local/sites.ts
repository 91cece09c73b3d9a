import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/** The folders of the built site and console; built first when their sources changed since. */
export async function buildSites(): Promise<{ site: string; console: string }> {
  const folders = { site: join(dist, 'site'), console: join(dist, 'console') }
  const mark = join(dist, 'sites.sha256')
  const sources = hashOfSources()
  const built =
    existsSync(mark) && readFileSync(mark, 'utf8') === sources && existsSync(folders.site) && existsSync(folders.console)
  if (built) return folders
  // Vite takes a second to load: only when there is something to build.
  const { buildEntries } = await import('../site/build.ts')
  // Built beside and moved into place: a panel that is running meanwhile never serves half a site.
  const fresh = join(dist, `.sites-${process.pid}`)
  try {
    await buildEntries(fresh)
    for (const name of ['site', 'console'] as const) {
      rmSync(folders[name], { recursive: true, force: true })
      renameSync(join(fresh, name), folders[name])
    }
    writeFileSync(mark, sources)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return folders
}

/** Of every file the builds read: the sources, and the lock that says which packages they are built with. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = globSync(['site/**/*.*', 'core/privacy/slips.ts', 'core/inquiries/challenge.ts', 'core/orders/comment-lines.ts'], {
    cwd: root,
  }).sort()
  for (const file of [...files, 'package-lock.json'])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}
