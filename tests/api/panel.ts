import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Demo } from '../../local/demo/seed.ts'
import type { Ports } from '../../local/ports.ts'
import { startTestPanel, type TestPanel } from '../fixtures/panel.ts'

/** Where the panel of this run is, and who is in it. */
export interface RunningPanel {
  readonly ports: Ports
  readonly demo: Demo
  readonly at: TestPanel['at']
  /** What the functions log, as it is logged. */
  readonly logFile: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    panel: RunningPanel
  }
}

/** One panel for all API tests: the real functions behind the gateway, over HTTP. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'panel-api-'))
  const logFile = join(folder, 'panel.log')
  const { panel, demo, at, stop } = await startTestPanel({ log: (text) => appendFileSync(logFile, text) })
  provide('panel', { ports: panel.ports, demo, at, logFile })
  return async () => {
    await stop()
    rmSync(folder, { recursive: true })
  }
}
