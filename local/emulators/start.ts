import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Ports } from '../ports.ts'
import { Unable } from '../unable.ts'

export interface Emulators {
  readonly pid: number
  readonly exited: Promise<void>
  stop(): Promise<void>
}

/** The emulators, in a child process that ends when this one does. */
export async function startEmulators(ports: Ports, folder: string | undefined, log: string | undefined): Promise<Emulators> {
  const out = log === undefined ? 'ignore' : openSync(log, 'a')
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./main.ts', import.meta.url)),
    [JSON.stringify(ports), ...(folder === undefined ? [] : [`${folder}/`])],
    {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', out, out, 'ipc'],
    },
  )
  const exited = once(child, 'exit').then(() => undefined)
  const ready = once(child, 'message').then(() => 'ready' as const)
  if ((await Promise.race([ready, exited])) !== 'ready')
    throw new Unable(`The emulators ended while they were starting${log === undefined ? '' : `; ${log} says why`}.`)
  return {
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
