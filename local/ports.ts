import { createServer } from 'node:net'

/** Every port of a local panel, in a row from the one that was asked for. */
export interface Ports {
  readonly site: number
  readonly console: number
  readonly mailbox: number
  readonly provider: number
  readonly providerControl: number
  readonly database: number
  readonly queues: number
  readonly identity: number
  readonly gatewayControl: number
  readonly rates: number
}

const names = [
  'site',
  'console',
  'mailbox',
  'provider',
  'providerControl',
  'database',
  'queues',
  'identity',
  'gatewayControl',
  'rates',
] as const

export function portsFrom(first: number): Ports {
  const [site, console, mailbox, provider, providerControl, database, queues, identity, gatewayControl, rates] = names.map(
    (_, index) => first + index,
  ) as [number, number, number, number, number, number, number, number, number, number]
  return { site, console, mailbox, provider, providerControl, database, queues, identity, gatewayControl, rates }
}

/** Those of the ports that somebody else has. */
export async function taken(ports: Ports): Promise<number[]> {
  const free = await Promise.all(Object.values(ports).map(async (port: number) => ((await isFree(port)) ? [] : [port])))
  return free.flat()
}

/** A row of free ports somewhere high, for tests. */
export async function findFree(): Promise<Ports> {
  for (;;) {
    const ports = portsFrom(20_000 + Math.floor(Math.random() * 30_000))
    if ((await taken(ports)).length === 0) return ports
  }
}

/** On every address, because the database and the queues listen on all of them whatever they are told. */
const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const server = createServer()
    server.once('error', () => answer(false))
    server.listen(port, () => server.close(() => answer(true)))
  })
