import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processes } from '../../local/processes.ts'

export interface Card {
  readonly console: string
  readonly resellerProtocol: string
  readonly provider: { readonly control: string }
  readonly customer: { readonly email: string; readonly apiKey: string }
  readonly staff: { readonly email: string; readonly password: string; readonly totpSecret: string }
}

/** `npm start` in a process group of its own, which can be killed as a power cut would, and started again. */
export class KillablePanel {
  readonly #port: number
  readonly #folder: string
  #child: ChildProcess | undefined

  constructor(port: number, folder: string) {
    this.#port = port
    this.#folder = folder
  }

  /** Until it is ready. */
  async start(): Promise<Card> {
    let said = ''
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'local/start.ts', '--port', String(this.#port), '--data', this.#folder],
      { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    this.#child = child
    const ready = Promise.withResolvers<void>()
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => {
        said += text
        if (said.includes('The panel is ready')) ready.resolve()
      })
    child.once('exit', (code) => ready.reject(new Error(`the panel ended (${code}): ${said}`)))
    await ready.promise
    return JSON.parse(readFileSync(join(this.#folder, 'panel.json'), 'utf8'))
  }

  /** `kill -9` of the whole group; back when nothing of it is left. */
  async kill(): Promise<void> {
    const { pid } = this.#child ?? {}
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // Nothing of it is left.
    }
    this.#child = undefined
    for (let tries = 0; tries < 200 && this.#left() > 0; tries++) await sleep(50)
    if (this.#left() > 0) throw new Error('something outlived the kill of its process group')
  }

  #left(): number {
    return processes().filter(({ command }) => command.includes(this.#folder)).length
  }
}
