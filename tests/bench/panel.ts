import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { processes } from '../../local/processes.ts'
import type { TestPanel } from '../fixtures/panel.ts'

export interface BenchPanel extends Pick<TestPanel, 'demo' | 'at'> {
  readonly ports: TestPanel['panel']['ports']
  /** CPU spent so far, in milliseconds: by the panel's own process, and by all emulators together. */
  cpu(): Promise<{ readonly own: number; readonly emulators: number }>
  /** Memory of the panel's own process, in which all functions run. */
  megabytes(): Promise<number>
  stop(): Promise<void>
}

/** `quiet`: no worker runs, so that the cost of a call is the cost of that call. */
export async function startBenchPanel(mode: 'whole' | 'quiet'): Promise<BenchPanel> {
  const child = fork(fileURLToPath(new URL('./panel-process.ts', import.meta.url)), [mode], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [card] = await once(child, 'message')
  return {
    ...card,
    cpu: async () => {
      const { cpuMilliseconds, pids } = await ask(child)
      return { own: cpuMilliseconds, emulators: pids.flatMap(familyOf).reduce((sum, pid) => sum + cpuOf(pid), 0) }
    },
    megabytes: async () => {
      child.send('memory')
      const [{ megabytes }] = await once(child, 'message')
      return megabytes
    },
    stop: async () => {
      child.send('stop')
      await once(child, 'exit')
    },
  }
}

async function ask(child: ChildProcess): Promise<{ cpuMilliseconds: number; pids: number[] }> {
  child.send('cpu')
  const [{ cpuMilliseconds, pids }] = await once(child, 'message')
  return { cpuMilliseconds, pids: Object.values(pids) }
}

/** Milliseconds of CPU a process has used, from the kernel's own count in hundredths of a second. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

/** A process and those it started: the database runs below a shell. */
function familyOf(pid: number): number[] {
  const children = processes().filter((other) => parentOf(other.pid) === pid)
  return [pid, ...children.flatMap((child) => familyOf(child.pid))]
}

function parentOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return 0
  }
}
