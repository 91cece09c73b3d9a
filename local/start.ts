import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Demo, seed } from './demo/seed.ts'
import { environment, providerUrl } from './environment.ts'
import { type Folder, openFolder } from './folder.ts'
import { startPanel } from './panel.ts'
import { type Ports, portsFrom, taken } from './ports.ts'
import { buildSites } from './sites.ts'
import { Unable } from './unable.ts'
import { watchSources } from './watch.ts'

const usage = 'npm start -- [--port N] [--data FOLDER] [--fresh]'

function wished() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '3000' },
        data: { type: 'string', default: '.panel' },
        fresh: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new Unable(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. This is understood: ${usage}`)
  }
}

/** `npm start`: the whole panel on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const began = performance.now()
  if (Number(process.versions.node.split('.')[0]) < 24)
    throw new Unable(
      `This needs Node 24, and this is ${process.version}. Start it with \`npm start\`, which brings its own; if it did not, run \`npm ci\` again without --ignore-scripts.`,
    )
  const values = wished()
  const first = Number(values.port)
  if (!Number.isInteger(first) || first < 1 || first > 65_000)
    throw new Unable(`--port ${values.port}: a whole number from 1 to 65000 is wanted, and the nine after it are used too.`)
  const ports = portsFrom(first)
  const folder = openFolder(values.data, values.fresh)
  const busy = await taken(ports)
  if (busy.length > 0) {
    folder.close()
    throw new Unable(
      `Port ${busy.join(', ')} is taken by another program. Stop it, or start with --port N: the panel takes N to N+${Object.keys(ports).length - 1}.`,
    )
  }
  tell('building the site, if it changed')
  const sites = await buildSites()
  tell('starting the emulators')
  const panel = await startPanel({ ports, folder: folder.path, sites })
  const leave = async (code: number): Promise<never> => {
    await panel.stop()
    folder.close()
    process.exit(code)
  }
  let leaving = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (!leaving) void leave(0)
      leaving = true
    })
  void panel.broken.then((why) => {
    if (leaving) return
    console.error(`${why} See the logs in ${folder.path}.`)
    leaving = true
    void leave(1)
  })
  const card = await describe(ports, folder)
  if (values.watch) watchSources(panel.functions, tell)
  console.log(sign(card, Math.round((performance.now() - began) / 100) / 10, folder.path))
}

const tell = (step: string): void => console.log(`  … ${step}`)

/** Where everything is, as panel.json says it. */
interface Card extends Demo {
  readonly site: string
  readonly console: string
  readonly resellerProtocol: string
  readonly resellerApi: string
  readonly adminApi: string
  readonly mailbox: string
  readonly provider: { readonly url: string; readonly control: string }
}

async function describe(ports: Ports, folder: Folder): Promise<Card> {
  const site = `http://localhost:${ports.site}`
  const console = `http://localhost:${ports.console}`
  const addresses = {
    site,
    console,
    resellerProtocol: `${site}/api/v2`,
    resellerApi: `${site}/api/reseller/v1`,
    adminApi: `${console}/api/admin`,
    mailbox: `http://localhost:${ports.mailbox}`,
    provider: { url: providerUrl(ports), control: `http://127.0.0.1:${ports.providerControl}` },
  }
  const file = folder.at('panel.json')
  const demo = existsSync(file) ? demoOf(file) : undefined
  // The seed makes the first owner from here, as an operator does from a terminal: with the panel's own environment.
  Object.assign(process.env, environment(ports))
  const card = {
    ...addresses,
    ...(demo ?? (await seed({ site, console, mailbox: addresses.mailbox, provider: addresses.provider.url }, tell))),
  }
  // It holds passwords.
  writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`, { mode: 0o600 })
  return card
}

function demoOf(file: string): Demo {
  const { customer, staff }: Card = JSON.parse(readFileSync(file, 'utf8'))
  return { customer, staff }
}

const sign = (card: Card, seconds: number, folder: string): string => `
  The panel is ready, after ${seconds} s.

  Site               ${card.site}
    customer         ${card.customer.email}   ${card.customer.password}
  Console            ${card.console}
    staff            ${card.staff.email}   ${card.staff.password}
    authenticator    ${card.staff.totpSecret}
  Mailbox            ${card.mailbox}
  Reseller protocol  ${card.resellerProtocol}
    API key          ${card.customer.apiKey}
  Reseller API       ${card.resellerApi}
  Admin API          ${card.adminApi}
  Sandbox provider   ${card.provider.url}
    control          ${card.provider.control}

  All of this is in ${folder}/panel.json. Ctrl-C stops it.
`

try {
  await main()
} catch (error) {
  console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
  process.exit(1)
}
