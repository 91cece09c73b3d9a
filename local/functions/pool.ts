import { Worker } from 'node:worker_threads'
import type { Ports } from '../ports.ts'

export interface Functions {
  /** Runs a function on some instance. Throws what the function threw. */
  invoke(name: string, event: unknown): Promise<unknown>
  /** Replaces every instance by a new one, which loads the code as it is now. Throws when that does not load. */
  renew(): Promise<void>
  stop(): Promise<void>
}

interface Pending {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}
interface Instance {
  readonly worker: Worker
  readonly pending: Map<number, Pending>
  /** Invocations left before it is recycled. */
  left: number
}

export interface PoolOptions {
  readonly ports: Ports
  readonly environment: Record<string, string>
  readonly size: number
  /** False: for measuring what is warm. */
  readonly recycled?: boolean
  /** Takes what the functions log, as text. */
  readonly log: (text: string) => void
}

/** Instances of the functions, in threads. They are recycled at random, so that nothing comes to depend on their memory. */
export async function startFunctions({ ports, environment, size, recycled = true, log }: PoolOptions): Promise<Functions> {
  const instances = new Set<Instance>()
  const draining = new Set<Instance>()
  let invocations = 0
  let stopping = false

  const open = async (): Promise<Instance> => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: ports,
      env: environment,
      stdout: true,
      stderr: true,
    })
    const instance: Instance = {
      worker,
      pending: new Map(),
      left: recycled ? 300 + Math.floor(Math.random() * 3_000) : Number.POSITIVE_INFINITY,
    }
    for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', log)
    await new Promise<void>((ready, failed) => {
      worker.once('message', () => ready())
      worker.once('error', failed)
    })
    worker.on('message', ({ id, result, error }: { id: number; result?: unknown; error?: string }) => {
      const pending = instance.pending.get(id)
      instance.pending.delete(id)
      if (error === undefined) pending?.resolve(result)
      else pending?.reject(new Error(error))
      if (draining.has(instance) && instance.pending.size === 0) end(instance)
    })
    worker.on('error', (error) => {
      log(`${String(error)}\n`)
      for (const pending of instance.pending.values()) pending.reject(new Error('the instance died'))
      instances.delete(instance)
      if (!stopping) void replace()
    })
    instances.add(instance)
    return instance
  }
  const end = (instance: Instance): void => {
    draining.delete(instance)
    void instance.worker.terminate()
  }
  const replace = async (old?: Instance): Promise<void> => {
    await open()
    if (!old || stopping) return
    instances.delete(old)
    draining.add(old)
    if (old.pending.size === 0) end(old)
  }
  await Promise.all(Array.from({ length: size }, open))

  return {
    invoke: (name, event) =>
      new Promise((resolve, reject) => {
        const [first, ...others] = instances
        if (!first) {
          reject(new Error('no instance is running'))
          return
        }
        const instance = others.reduce((least, other) => (other.pending.size < least.pending.size ? other : least), first)
        const id = ++invocations
        instance.pending.set(id, { resolve, reject })
        instance.worker.postMessage({ id, name, event })
        if (--instance.left === 0) void replace(instance)
      }),
    renew: async () => {
      for (const instance of [...instances]) await replace(instance)
    },
    async stop() {
      stopping = true
      await Promise.all([...instances, ...draining].map(({ worker }) => worker.terminate()))
    },
  }
}
