import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const textOf = (file: string): string => readFileSync(file, 'utf8')
const found = (file: string, pattern: RegExp): string[] => [...textOf(file).matchAll(pattern)].flatMap(([, name]) => name ?? [])
const pathsIn = (file: string, pattern: RegExp): string[] =>
  found(file, pattern)
    .map((path) => normalize(join(dirname(file), path)))
    .filter(existsSync)

/** What a file brings with it, styles included. */
function closureOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  if (/\.tsx?$/.test(file)) for (const path of pathsIn(file, /^import (?!type)[^;]*?'(\.[^']+)'/gm)) closureOf(path, seen)
  return seen
}

const sheets = Map.groupBy(
  globSync('site/**/*.css').flatMap((sheet) => found(sheet, /\.([a-z][\w-]*)/g).map((name) => ({ name, sheet }))),
  ({ name }) => name,
)

// A page is loaded with the styles that it, and what it is made of, import: another page’s may not be there.
test.each(['customer', 'console'])('each page of the %s site comes with the styles of every class that it uses', (door) => {
  const frame = closureOf(`site/${door}/main.tsx`)
  const pages = [...new Set([...frame].flatMap((file) => (/\.tsx?$/.test(file) ? pathsIn(file, /import\('(\.[^']+)'\)/g) : [])))]
  expect(pages.length).toBeGreaterThan(15)
  const unstyled = pages.flatMap((page) => {
    const all = closureOf(page)
    return [...all]
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) =>
        found(file, /className="([^"]+)"/g)
          .flatMap((names) => names.split(' '))
          .filter((name) => sheets.has(name) && !sheets.get(name)?.some(({ sheet }) => all.has(sheet) || frame.has(sheet)))
          .map((name) => `${page}: ${name} of ${file}`),
      )
  })
  expect(unstyled).toEqual([])
})
