import { parentPort, workerData } from 'node:worker_threads'
import type { Context } from 'aws-lambda'
import type { Grant, Need } from '../../core/need.ts'
import { authorizers, endpoints, rawEndpoints, workers } from '../../functions/index.ts'
import type { Ports } from '../ports.ts'
import { holdToGrants, rulesFor, runAs } from './guard.ts'

/** One "instance": every function with modules and a memory of its own, which is gone when the thread is recycled. */
interface Invocation {
  readonly id: number
  readonly name: string
  readonly event: unknown
}
type Handler = (event: unknown, context: Context) => Promise<unknown>

const ports: Ports = workerData
const handlers = new Map<string, { readonly handler: Handler; readonly grants: readonly Grant[] }>()

for (const definition of [...endpoints, ...rawEndpoints, ...authorizers, ...workers]) {
  const uses: Readonly<Record<string, Need<unknown>>> = definition.uses
  const grants = [...Object.values(uses), ...('who' in definition ? [definition.who] : [])].flatMap((need) => need.allow)
  const [folder, file] = definition.name.split('.')
  const { handler } = await import(`../../functions/${folder}/${file}.ts`)
  handlers.set(definition.name, { handler, grants })
}
holdToGrants(rulesFor(ports))

parentPort?.on('message', async ({ id, name, event }: Invocation) => {
  const known = handlers.get(name)
  try {
    if (!known) throw new Error(`there is no function ${name}`)
    const context = { functionName: name, awsRequestId: String(id) } as Context
    parentPort?.postMessage({ id, result: await runAs({ name, grants: known.grants }, () => known.handler(event, context)) })
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
parentPort?.postMessage('ready')
