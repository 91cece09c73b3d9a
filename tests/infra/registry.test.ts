import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { permissionNames } from '../../core/staff/permissions.ts'
import { endpoints } from '../../functions/index.ts'
import { definitions } from '../../lib/definitions.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every file that is a function: the folder says who may call it, and it exports a handler. */
const files = ['public', 'customer', 'reseller', 'admin', 'identity', 'workers'].flatMap((folder) =>
  readdirSync(`${root}functions/${folder}`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({
      name: `${folder}.${file.slice(0, -'.ts'.length)}`,
      text: readFileSync(`${root}functions/${folder}/${file}`, 'utf8'),
    }))
    .filter(({ text }) => /^export const handler\b/m.test(text)),
)

describe('the registry', () => {
  test('has every file that is a function, under the file’s own name, and nothing else', () => {
    expect(definitions.map(({ name }) => name).sort()).toEqual(files.map(({ name }) => name).sort())
  })

  test('has no name twice, and no route twice', async () => {
    const { routes } = await import('../../lib/routes.ts')
    for (const list of [
      definitions.map(({ name }) => name),
      routes.map(({ operationId }) => operationId),
      routes.map(({ route }) => route),
    ])
      expect(new Set(list).size).toBe(list.length)
  })

  test('lets staff in by the table of permissions, each endpoint by its own row, and the table has no other', () => {
    const staffed = endpoints.filter(({ who }) => who.kind === 'staff')
    expect(staffed.map(({ who }) => who.permission)).toEqual(staffed.map(({ name }) => name))
    expect(staffed.map(({ name }) => name).sort()).toEqual(permissionNames().sort())
  })

  test('P-USE-3, P-RT-1: opens to suspended customers their rights and support, and to closed ones their archive and the way back; nothing else', () => {
    const openTo = (standing: 'suspended' | 'closed') =>
      endpoints.filter(({ who }) => who.even?.includes(standing)).map(({ name }) => name)
    expect(openTo('suspended').toSorted()).toEqual([
      'customer.begin-upload',
      'customer.close-account',
      'customer.close-ticket',
      'customer.link-archive',
      'customer.list-archives',
      'customer.list-tickets',
      'customer.open-ticket',
      'customer.read-acceptance',
      'customer.read-closure',
      'customer.read-file',
      'customer.read-me',
      'customer.read-second-factor',
      'customer.read-ticket',
      'customer.read-upload',
      'customer.request-archive',
      'customer.see-ticket',
      'customer.sign-out',
      'customer.write-message',
    ])
    expect(openTo('closed').toSorted()).toEqual([
      'customer.close-account',
      'customer.keep-account',
      'customer.link-archive',
      'customer.list-archives',
      'customer.read-closure',
      'customer.read-second-factor',
      'customer.request-archive',
      'customer.sign-out',
    ])
  })

  test('loads with an empty environment, and does nothing while it loads', () => {
    const watched = `
      import dns from 'node:dns'
      import net from 'node:net'
      import timers from 'node:timers'
      const never = (what) => () => { throw new Error(what + ' while a module loads') }
      net.Socket.prototype.connect = never('a connection')
      dns.lookup = never('a lookup')
      globalThis.fetch = never('a request')
      globalThis.setInterval = timers.setInterval = never('a timer')
      globalThis.setTimeout = timers.setTimeout = never('a timer')
      const { endpoints, workers } = await import('./functions/index.ts')
      if (process.getActiveResourcesInfo().some((what) => /TCP|Timeout|FSReq/.test(what))) throw new Error('something was left running')
      process.stdout.write(String(endpoints.length + workers.length))`
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', watched], {
      cwd: root,
      env: {},
      encoding: 'utf8',
    })
    expect(Number(said)).toBeGreaterThan(40)
  })
})
