import { Agent, request } from 'node:http'

export interface Load {
  readonly perSecond: number
  readonly accepted: number
  readonly refused: number
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
}

/** Calls the reseller protocol with a body for so many seconds, so many at a time, each as fast as the one before is answered. */
export async function load(url: URL, bodyOf: (index: number) => string, seconds: number, atOnce: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const began = performance.now()
  const times: number[] = []
  let accepted = 0
  let refused = 0
  const speaker = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000) {
      const start = performance.now()
      const answer = await call(agent, url, bodyOf(accepted + refused))
      times.push(performance.now() - start)
      if (answer.includes('"order"')) accepted++
      else refused++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, speaker))
  const took = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const quantile = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: accepted / took, accepted, refused, p50Milliseconds: quantile(0.5), p99Milliseconds: quantile(0.99) }
}

const call = (agent: Agent, url: URL, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: url.port,
        path: url.pathname,
        method: 'POST',
        agent,
        headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve(text))
        response.on('error', reject)
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
