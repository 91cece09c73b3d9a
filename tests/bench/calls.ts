import { AsyncLocalStorage } from 'node:async_hooks'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

const counting = new AsyncLocalStorage<{ calls: number }>()

/** Runs something and counts the HTTP calls it makes. */
export async function countCalls<T>(run: () => Promise<T>): Promise<{ result: T; calls: number }> {
  const counter = { calls: 0 }
  return { result: await counting.run(counter, run), calls: counter.calls }
}

/** From here on calls are counted, but for those to one port. To be called before any client makes its first call. */
export function watchCalls(exceptPort: number): void {
  const { request } = http
  http.request = ((...args: Parameters<typeof request>) => {
    const options = args.find((arg): arg is http.RequestOptions => typeof arg === 'object' && arg !== null && 'port' in arg)
    const counter = counting.getStore()
    if (counter && Number(options?.port) !== exceptPort) counter.calls++
    return request(...args)
  }) as typeof request
  syncBuiltinESMExports()
}
