import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'

/**
 * A child process that does not outlive this one, however this one ends. A shell holds the end of a pipe: when this
 * process is gone, even by `kill -9`, the pipe closes and the shell kills the child. Java would live on by itself.
 */
export interface Tethered {
  readonly pid: number
  readonly exited: Promise<void>
  stop(): Promise<void>
}

// Ctrl-C reaches every process of a terminal: this one is ended by whoever started it, and the child inherits that it hears
// nothing of it. A job in the background reads from nowhere unless it is told otherwise, hence the 3.
const shell = `
trap '' INT TERM
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
( while read -r _; do :; done; kill -9 $child 2>/dev/null ) <&3 &
watcher=$!
wait $child
status=$?
kill -9 $watcher 2>/dev/null
exit $status
`

export function tether(
  command: readonly string[],
  options: { readonly log?: string | undefined; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
): Tethered {
  const log = options.log === undefined ? 'ignore' : openSync(options.log, 'a')
  const child: ChildProcess = spawn('sh', ['-c', shell, 'sh', ...command], {
    stdio: ['pipe', log, log],
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  child.stdin?.on('error', () => undefined)
  const exited = once(child, 'exit').then(() => undefined)
  return {
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.stdin?.end()
      await exited
    },
  }
}
