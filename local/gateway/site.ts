import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import type { Outgoing } from './incoming.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** Serves a folder as a bucket behind the edge would: files as they are, and nothing above it. */
export function files(folder: string): (path: string) => Promise<Outgoing> {
  // What bears a hash of its contents in its name stays as it is.
  const assets = new Map<string, Outgoing>()
  return async (path) => {
    const known = assets.get(path)
    if (known) return known
    const file = join(folder, normalize(decoded(path)))
    const found = file.startsWith(folder) && (await stat(file).catch(() => undefined))?.isFile()
    if (!found) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'There is nothing here.' }
    const isAsset = path.startsWith('/assets/')
    const caching = isAsset ? 'public, max-age=31536000, immutable' : 'no-cache'
    const type = types[extname(file)] ?? 'application/octet-stream'
    const answer = { status: 200, headers: { 'content-type': type, 'cache-control': caching }, body: await readFile(file) }
    if (isAsset) assets.set(path, answer)
    return answer
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '/'
  }
}
