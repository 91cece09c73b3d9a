import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { processes } from './processes.ts'
import { Unable } from './unable.ts'

/** Where a local panel keeps its data, and who has it open. */
export interface Folder {
  readonly path: string
  readonly at: (name: string) => string
  close(): void
}

/** Opens the folder. A panel that runs on it is left alone; what a killed one left running is ended first. */
export function openFolder(given: string, fresh: boolean): Folder {
  const path = resolve(given)
  const lock = join(path, 'lock')
  const holder = readHolder(lock)
  const running = processes()
  if (
    holder !== undefined &&
    holder !== process.pid &&
    running.some(({ pid, command }) => pid === holder && command.includes('local/'))
  )
    throw new Unable(`A panel is running on ${path} already (process ${holder}). Stop it, or choose another folder with --data.`)
  for (const { pid } of running.filter(({ pid, command }) => pid !== process.pid && isPartOf(path, command)))
    process.kill(pid, 'SIGKILL')
  if (fresh) empty(path)
  mkdirSync(path, { recursive: true })
  writeFileSync(lock, String(process.pid))
  return { path, at: (name) => join(path, name), close: () => rmSync(lock, { force: true }) }
}

function empty(path: string): void {
  const isPanels = ['lock', 'panel.json', 'panel.log'].some((file) => existsSync(join(path, file)))
  if (existsSync(path) && !isPanels && readdirSync(path).length > 0)
    throw new Unable(`${path} was not made by a panel, so --fresh does not empty it. Choose another folder with --data.`)
  rmSync(path, { recursive: true, force: true })
}

function readHolder(lock: string): number | undefined {
  return existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : undefined
}

/** The database and the emulators name the folder they work on in their command line. */
const isPartOf = (path: string, command: string): boolean =>
  command.includes(`${path}/`) && (command.includes('DynamoDBLocal.jar') || command.includes('local/emulators/main.ts'))
