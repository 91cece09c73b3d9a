import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Lines of JSON, each on disk before `append` returns: what was said to have been taken is there after a `kill -9`.
 * Without a file, nothing is kept.
 */
export interface Journal<Line> {
  /** What was written before, oldest first. A line broken off by a kill is left out. */
  readonly lines: readonly Line[]
  append(line: Line): void
}

export function openJournal<Line>(file: string | undefined): Journal<Line> {
  if (file === undefined) return { lines: [], append: () => undefined }
  mkdirSync(dirname(file), { recursive: true })
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const lines = text.split('\n').flatMap((line): Line[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)]
    } catch {
      return []
    }
  })
  // A line that was broken off must not swallow the next one.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n')
  return { lines, append: (line) => appendFileSync(file, `${JSON.stringify(line)}\n`) }
}
