import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { listen, readBody, send } from '../http.ts'
import { type AccountWish, accountWish, type Behaviour, behaviour, type CatalogueWish, catalogueWish, usual } from './behaviour.ts'
import { catalogue, type Row } from './catalogue.ts'
import { openOrders, openRefills, standing } from './orders.ts'
import { type Account, reply, type State, sandboxKey } from './protocol.ts'

interface Kept {
  readonly behaviour: Behaviour
  readonly wish: CatalogueWish
  readonly accounts?: Readonly<Record<string, AccountWish>>
}

/** An upstream provider to play with: it speaks the reseller protocol on one port, and is told how to behave on another. */
export async function startProvider(
  ports: { readonly provider: number; readonly providerControl: number },
  folder: string | undefined,
): Promise<Server[]> {
  const file = folder === undefined ? undefined : join(folder, 'provider.json')
  let kept: Kept = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { behaviour: usual, wish: {} }
  const state: State = {
    orders: openOrders(folder === undefined ? undefined : join(folder, 'provider-orders.jsonl')),
    refills: openRefills(
      folder === undefined ? undefined : join(folder, 'provider-refills.jsonl'),
      folder === undefined ? undefined : join(folder, 'provider-cancels.jsonl'),
    ),
    behaviour: kept.behaviour,
    catalogue: wished(kept.wish),
    accounts: new Map(Object.entries(kept.accounts ?? {}).map(([name, wish]) => [name, accountOf(wish)])),
  }
  const keep = (changed: Partial<Kept>): void => {
    kept = { ...kept, ...changed }
    state.behaviour = kept.behaviour
    state.catalogue = wished(kept.wish)
    for (const [name, wish] of Object.entries(changed.accounts ?? {})) state.accounts.set(name, accountOf(wish))
    if (file !== undefined) writeFileSync(file, JSON.stringify(kept))
  }
  return [
    await listen(ports.provider, (request, response) => serve(state, request, response)),
    await listen(ports.providerControl, (request, response) => control(state, () => kept, keep, request, response)),
  ]
}

/** Only what was said changes anything. */
const said = (asked: z.output<typeof behaviour>): Partial<Behaviour> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))

function wished({ size = 64, rates }: CatalogueWish): Row[] {
  const rows = catalogue(size, typeof rates === 'number' ? rates : 1)
  const named = typeof rates === 'object' ? rates : {}
  return rows.map((row) => ({ ...row, rate: String(named[row.service] ?? row.rate) }))
}

function accountOf(wish: AccountWish): Account {
  const own = new Map((wish.rows ?? []).map((row) => [String(row['service']), row]))
  const without = new Set((wish.without ?? []).map(String))
  const there = wished(wish).filter(({ service }) => !without.has(String(service)))
  const usual = new Set(there.map(({ service }) => String(service)))
  const described = (row: Row): Row =>
    wish.descriptionLength === undefined ? row : { ...row, description: 'x'.repeat(wish.descriptionLength) }
  return {
    catalogue: [
      ...there.map((row) => own.get(String(row.service)) ?? described(row)),
      ...(wish.rows ?? []).filter((row) => !usual.has(String(row['service']))),
    ],
    balance: wish.balance ?? '10000.00',
    currency: wish.currency ?? 'USD',
    html: wish.html ?? false,
  }
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = String((await readBody(request)) ?? '')
  const { latencyMs } = state.behaviour
  if (latencyMs > 0) await sleep(latencyMs)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const answer = reply(state, new URLSearchParams(body), {
    requestLine: `${request.method} ${request.url} HTTP/${request.httpVersion}`,
    headers,
    body,
  })
  // Undefined: it never answers, and the caller gives up.
  if (answer) send(response, answer.status, answer.body, { 'content-type': answer.type ?? 'application/json' })
}

async function control(
  state: State,
  kept: () => Kept,
  keep: (changed: Partial<Kept>) => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const input: unknown = request.method === 'POST' ? JSON.parse(String(await readBody(request)) || '{}') : undefined
  switch (`${request.method} ${request.url}`) {
    case 'GET /orders': {
      const now = Date.now()
      const orders = state.orders.all().map(({ order, service, link, quantity, receivedAt, raw, ...fate }) => ({
        order,
        service,
        link,
        quantity,
        status: standing({ order, service, link, quantity, receivedAt, raw, ...fate }, now, state.refills.canceled(order)).status,
        receivedAt,
        raw,
      }))
      return send(response, 200, { orders })
    }
    case 'GET /refills':
      return send(response, 200, { refills: state.refills.all(), cancels: state.refills.allCanceled() })
    case 'GET /count':
      return send(response, 200, { orders: state.orders.count() })
    case 'GET /behaviour':
      return send(response, 200, state.behaviour)
    case 'POST /behaviour': {
      const asked = z.safeParse(behaviour, input)
      if (!asked.success) return send(response, 400, { error: 'not a behaviour', issues: asked.error.issues })
      keep({ behaviour: { ...kept().behaviour, ...said(asked.data) } })
      return send(response, 200, state.behaviour)
    }
    case 'POST /catalogue': {
      const asked = z.safeParse(catalogueWish, input)
      if (!asked.success) return send(response, 400, { error: 'not a catalogue', issues: asked.error.issues })
      keep({ wish: { ...kept().wish, ...asked.data } })
      return send(response, 200, { services: state.catalogue.length })
    }
    case 'POST /account': {
      const asked = z.safeParse(accountWish, input)
      if (!asked.success) return send(response, 400, { error: 'not an account', issues: asked.error.issues })
      keep({ accounts: { ...kept().accounts, [asked.data.account]: asked.data } })
      return send(response, 200, { key: `${sandboxKey}:${asked.data.account}` })
    }
    default:
      return send(response, 404, {
        error: 'GET /orders, GET /refills, GET /count, GET or POST /behaviour, POST /catalogue, POST /account',
      })
  }
}
