import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { paginateQuery } from '@aws-sdk/lib-dynamodb'
import { afterAll, describe, expect, test } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { signInStaff } from '../../local/demo/people.ts'
import { tableName } from '../../local/names.ts'
import { findFree, portsFrom } from '../../local/ports.ts'
import { processes } from '../../local/processes.ts'
import { sandboxKey } from '../../local/provider/protocol.ts'
import { cutOff, databaseOf } from '../fixtures/busy.ts'
import { testDisk } from '../fixtures/disk.ts'

interface Card {
  readonly site: string
  readonly console: string
  readonly resellerProtocol: string
  readonly provider: { readonly url: string; readonly control: string }
  readonly customer: { readonly email: string; readonly password: string; readonly apiKey: string }
  readonly staff: { readonly email: string; readonly password: string; readonly totpSecret: string }
}

const base = mkdtempSync(join(testDisk(), 'panel-start-'))
const folder = join(base, 'data')
const started: ChildProcess[] = []
afterAll(async () => {
  for (const child of started)
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(child, 'SIGKILL')
  await sleep(300)
  // Whoever was killed may still be writing its last.
  rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
})

/** `npm start` in a process group of its own, as a terminal would have it. */
function start(
  port: number,
  ...more: readonly string[]
): { child: ChildProcess; said: () => string; ready: () => Promise<Card>; ended: Promise<number | null> } {
  let said = ''
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'local/start.ts', '--port', String(port), '--data', folder, ...more],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  started.push(child)
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text))
  const ended = new Promise<number | null>((end) => child.once('exit', (code) => end(code)))
  const ready = async (): Promise<Card> => {
    for (let tries = 0; tries < 600 && !said.includes('The panel is ready'); tries++) {
      if (child.exitCode !== null) throw new Error(`it ended: ${said}`)
      await sleep(100)
    }
    return JSON.parse(readFileSync(join(folder, 'panel.json'), 'utf8'))
  }
  return { child, said: () => said, ready, ended }
}

const killGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid !== undefined) process.kill(-child.pid, signal)
}
const left = (): string[] =>
  processes()
    .filter(({ command }) => command.includes(folder))
    .map(({ command }) => command.slice(0, 120))
const protocol = async (card: Card, parameters: Record<string, string>): Promise<Record<string, unknown>> =>
  (await (
    await fetch(card.resellerProtocol, { method: 'POST', body: new URLSearchParams({ key: card.customer.apiKey, ...parameters }) })
  ).json()) as Record<string, unknown>

/** An import of 1,500 services that is under way, and how it should end: each once, and told of once. */
async function anImport(card: Card, port: number) {
  const size = 1_500
  const wish = { account: 'killed', size }
  await fetch(`${card.provider.control}/account`, { method: 'POST', body: JSON.stringify(wish) })
  const staff = await signInStaff(card.console, card.staff)
  const key = { name: 'Killed', url: card.provider.url, apiKey: `${sandboxKey}:killed` }
  const provider = String((await must(staff.call('POST', '/api/admin/providers', key), 'a provider'))['providerId'])
  const plan = { percent: 25, origin: 'advertising' }
  const { taskId } = await must(staff.call('POST', `/api/admin/providers/${provider}/imports`, plan), 'an import')
  const progress = async () => {
    const task = await must(staff.call('GET', `/api/admin/providers/${provider}/tasks/${taskId}`), 'its progress')
    return task as { state: string; progress: { at: number; added: number; left: number } }
  }
  const until = async (holds: (now: Awaited<ReturnType<typeof progress>>) => boolean) => {
    for (let tries = 0; tries < 600; tries++) {
      const now = await progress()
      if (holds(now)) return now
      await sleep(100)
    }
    throw new Error('the import did not get there')
  }
  const found = await until(({ progress: { at } }) => at > 0)
  expect(found.state).toBe('running')
  const each = async (pk: string): Promise<Record<string, unknown>[]> => {
    const input = { TableName: tableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }
    const items: Record<string, unknown>[] = []
    for await (const { Items = [] } of paginateQuery({ client: databaseOf(port) }, input)) items.push(...Items)
    return items
  }
  return {
    async ends() {
      // Nobody waits here for as long as it takes until a runner that is silent counts as gone.
      await cutOff(provider, databaseOf(port))
      const { state, progress } = await until(({ state }) => state === 'done' || state === 'failed')
      expect(state).toBe('done')
      expect(progress).toMatchObject({ at: size, added: size - progress.left })
      const sources = new Set((await each(`SOURCE#${provider}`)).map(({ serviceId }) => serviceId))
      const ours = (await each('CATALOGUE')).filter(({ source }) => (source as { providerId: string }).providerId === provider)
      expect([sources.size, ours.length]).toEqual([progress.added, progress.added])
      const told = async () => (await each('FEED#new')).flatMap(({ serviceId }) => (sources.has(serviceId) ? [serviceId] : []))
      for (let tries = 0; tries < 100 && (await told()).length < progress.added; tries++) await sleep(200)
      const lines = await told()
      expect([lines.length, new Set(lines).size]).toEqual([progress.added, progress.added])
    },
  }
}

describe('npm start', () => {
  let port = 0

  test('says where everything is, in panel.json too, and what is written there works', async () => {
    port = (await findFree()).site
    const panel = start(port)
    const card = await panel.ready()
    expect(card).toEqual({
      site: `http://localhost:${port}`,
      console: `http://localhost:${port + 1}`,
      resellerProtocol: `http://localhost:${port}/api/v2`,
      resellerApi: `http://localhost:${port}/api/reseller/v1`,
      adminApi: `http://localhost:${port + 1}/api/admin`,
      mailbox: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      provider: { url: expect.stringMatching(/^http:/), control: expect.stringMatching(/^http:/) },
      customer: { email: expect.any(String), password: expect.any(String), apiKey: expect.stringMatching(/^pk_/) },
      staff: { email: expect.any(String), password: expect.any(String), totpSecret: expect.stringMatching(/^[A-Z2-7]+$/) },
    })
    expect(await protocol(card, { action: 'balance' })).toEqual({ balance: '100.00', currency: 'USD' })
    expect((await fetch(card.site)).status).toBe(200)
    expect((await fetch(card.console)).status).toBe(200)
  })

  test('a second one on the same folder, or on ports that are taken, is told what to do', async () => {
    const second = start(port + 20)
    expect(await second.ended).toBe(1)
    expect(second.said()).toMatch(
      /A panel is running on .* already \(process \d+\)\. Stop it, or choose another folder with --data\./,
    )
    const other = spawn(process.execPath, ['local/start.ts', '--port', String(port), '--data', join(base, 'other')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [other.stdout, other.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
    await new Promise((end) => other.once('exit', end))
    expect(said).toMatch(/Port \d+(, \d+)* is taken by another program\. Stop it, or start with --port N/)
  })

  test('an order and an import survive a kill -9 of the whole process group, and go on where they were, on the same ports', async () => {
    const card: Card = JSON.parse(readFileSync(join(folder, 'panel.json'), 'utf8'))
    const { services } = (await (await fetch(`${card.site}/api/catalogue`)).json()) as {
      services: { serviceId: number; type: string; min: number }[]
    }
    const service = services.find(({ type }) => type === 'Default')
    await fetch(`${card.provider.control}/behaviour`, { method: 'POST', body: JSON.stringify({ secondsToComplete: 8 }) })
    const add = () =>
      protocol(card, {
        action: 'add',
        service: String(service?.serviceId),
        link: 'https://photo.network/survivor',
        quantity: String(service?.min),
      })
    const { order } = await add()
    const reaches = async (wanted: string): Promise<void> => {
      for (let tries = 0; tries < 160; tries++) {
        if ((await protocol(card, { action: 'status', order: String(order) }))['status'] === wanted) return
        await sleep(250)
      }
      throw new Error(`the order did not come to be ${wanted}`)
    }
    // Killed between the provider's taking it and our writing that down, it would rightly wait for staff.
    await reaches('In progress')
    const before = await protocol(card, { action: 'balance' })
    const taken = await anImport(card, portsFrom(port).database)
    const first = started[0]
    if (!first) throw new Error('nothing was started')
    killGroup(first, 'SIGKILL')
    await sleep(700)
    expect(left()).toEqual([])

    const again = start(port)
    expect(await again.ready()).toEqual(card)
    expect(await protocol(card, { action: 'balance' })).toEqual(before)
    await reaches('Completed')
    const { orders } = (await (await fetch(`${card.provider.control}/orders`)).json()) as { orders: { link: string }[] }
    expect(orders.filter(({ link }) => link === 'https://photo.network/survivor')).toHaveLength(1)
    expect(await add()).toEqual({ order: expect.any(Number) })
    await taken.ends()
  }, 180_000)

  test('killed alone, it leaves nothing behind that the next start would meet', async () => {
    const running = started.at(-1)
    if (running?.pid === undefined) throw new Error('nothing is running')
    process.kill(running.pid, 'SIGKILL')
    await sleep(1_500)
    expect(left()).toEqual([])
  })

  test('Ctrl-C stops everything it started, also where the panel is the last to hear of it', async () => {
    const panel = start(port)
    await panel.ready()
    panel.child.kill('SIGSTOP')
    killGroup(panel.child, 'SIGINT')
    await sleep(700)
    panel.child.kill('SIGCONT')
    expect(await panel.ended).toBe(0)
    await sleep(300)
    expect(left()).toEqual([])
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  test('--fresh empties a panel’s folder, and no other', async () => {
    mkdirSync(join(base, 'letters'))
    writeFileSync(join(base, 'letters', 'love.txt'), 'x')
    const { said, code } = await run(['--fresh', '--port', String(port), '--data', join(base, 'letters')])
    expect(code).toBe(1)
    expect(said).toContain('was not made by a panel')
    expect(existsSync(join(base, 'letters', 'love.txt'))).toBe(true)
  })

  test('without Java, or on a port that is none, a sentence says what to do', async () => {
    const noJava = await run(['--port', String(port), '--data', join(base, 'nojava')], { JAVA_HOME: '/nowhere' })
    expect(noJava).toMatchObject({
      code: 1,
      said: expect.stringMatching(/needs Java 17 or newer, and this machine has none\. Install it with/),
    })
    expect(await run(['--port', 'abc'])).toMatchObject({ code: 1, said: expect.stringContaining('--port abc: a whole number') })
  })
})

async function run(options: readonly string[], env: Record<string, string> = {}): Promise<{ said: string; code: number | null }> {
  const child = spawn(process.execPath, ['local/start.ts', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const code = await new Promise<number | null>((end) => child.once('exit', end))
  return { said, code }
}

test('a port somebody listens on, on any address, counts as taken', async () => {
  const { taken } = await import('../../local/ports.ts')
  const ports = await findFree()
  const server = createServer()
  await new Promise<void>((ready) => server.listen(ports.database, ready))
  expect(await taken(portsFrom(ports.site))).toEqual([ports.database])
  server.close()
})
