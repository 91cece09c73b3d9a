import { AsyncLocalStorage } from 'node:async_hooks'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { FileAction, Grant, PoolAction } from '../../core/need.ts'
import { logTable, table } from '../../data/table.ts'
import { filesBucket } from '../names.ts'
import { allows, deedsOf } from './iam.ts'

/** The function that is running, and what it declared. Functions of one thread run interleaved. */
interface Running {
  readonly name: string
  readonly grants: readonly Grant[]
}
const running = new AsyncLocalStorage<Running>()

export const runAs = <T>(who: Running, run: () => Promise<T>): Promise<T> => running.run(who, run)

/** Refused as AWS would refuse it: the function did not declare this. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDeniedException'
}

/** What a sign-in does with the pool client's own secret needs no leave. */
const needLeave: readonly string[] = [
  'DescribeUserPoolClient',
  'AdminGetUser',
  'AdminDeleteUser',
  'AdminCreateUser',
  'AdminSetUserPassword',
  'ListUsers',
] satisfies readonly PoolAction[]

/** From here on every function of this thread is held to its grants: on the table item by item, elsewhere by service. */
export function holdToGrants(portsToGrants: Rules): void {
  for (const [on, { db }] of [
    ['table', table()],
    ['log-table', logTable()],
  ] as const)
    if ('middlewareStack' in db) holdTable(db as DynamoDBDocumentClient, on)
  holdCalls(portsToGrants)
}

function holdTable(client: DynamoDBDocumentClient, on: 'table' | 'log-table'): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const who = running.getStore()
      const command = String(context['commandName'])
      for (const deed of who ? deedsOf(command, args.input as Readonly<Record<string, unknown>>) : [])
        if (!allows(who?.grants ?? [], deed, on))
          throw new AccessDenied(
            `${who?.name} may not ${deed.action} ${deed.keys.join(', ')}${deed.inTransaction ? '' : ' outside a transaction'}`,
          )
      return next(args)
    },
    { step: 'initialize', name: 'holdToGrants', priority: 'high' },
  )
}

/** What is called, and who may: by the port it is called at. */
type Rules = ReadonlyMap<number, (target: string, grants: readonly Grant[], call: HttpCall) => boolean>
interface HttpCall {
  readonly method: string
  readonly path: string
}

function holdCalls(portsToGrants: Rules): void {
  const { request } = http
  http.request = ((...args: Parameters<typeof request>) => {
    const who = running.getStore()
    const options = args.find((arg): arg is http.RequestOptions => typeof arg === 'object' && arg !== null && 'port' in arg)
    const rule = portsToGrants.get(Number(options?.port))
    const target = String((options?.headers as Record<string, unknown> | undefined)?.['x-amz-target'] ?? '')
    // Names under localhost lead to this machine, whatever its resolver thinks.
    if (options && /\.localhost$/.test(String(options.hostname ?? options.host)))
      Object.assign(options, { host: '127.0.0.1', hostname: '127.0.0.1' })
    const call = { method: String(options?.method ?? 'GET'), path: String(options?.path ?? '/') }
    if (who && rule && !rule(target, who.grants, call))
      throw new AccessDenied(`${who.name} may not call ${target || `port ${options?.port}`}`)
    return request(...args)
  }) as typeof request
  // Modules that took `request` by its name are to see this one, too.
  syncBuiltinESMExports()
}

/** Which grants open which emulator. */
export function rulesFor(ports: {
  readonly queues: number
  readonly mailbox: number
  readonly identity: number
  readonly gatewayControl: number
  readonly provider: number
  readonly rates: number
}) {
  const has = (grants: readonly Grant[], ...kinds: readonly Grant['on'][]): boolean =>
    grants.some((grant) => kinds.includes(grant.on))
  return new Map<number, (target: string, grants: readonly Grant[], call: HttpCall) => boolean>([
    [
      ports.queues,
      (target, grants, call) => {
        if (target.startsWith('AmazonSQS.')) return has(grants, 'queue')
        return call.path.startsWith(`/${filesBucket}`) ? mayTouchFiles(grants, call) : has(grants, 'snapshots', 'log-files')
      },
    ],
    [ports.mailbox, (_, grants) => has(grants, 'mail')],
    [ports.gatewayControl, (_, grants) => has(grants, 'gateway-keys', 'edge-secret')],
    [ports.provider, (_, grants) => has(grants, 'providers')],
    [ports.rates, (_, grants) => has(grants, 'rates')],
    [
      ports.identity,
      (target, grants) => {
        const [service, operation = ''] = target.split('.')
        if (service === 'TrentService')
          return grants.some((grant) => grant.on === 'provider-keys' && grant.actions.some((action) => action === operation))
        return grants.some(
          (grant) =>
            grant.on === 'pool' && (!needLeave.includes(operation) || grant.actions.some((action) => action === operation)),
        )
      },
    ],
  ])
}

const objectActions = { GET: 'GetObject', PUT: 'PutObject', DELETE: 'DeleteObject' } as const

/** Object by object where the address names one; a list by its prefix; many deletions at once by the operation alone. */
function mayTouchFiles(grants: readonly Grant[], { method, path }: HttpCall): boolean {
  const { pathname, searchParams } = new URL(path, 'http://bucket')
  const [, , place, ...names] = pathname.split('/')
  const onFiles = grants.filter((grant) => grant.on === 'files')
  const may = (action: FileAction, under: string | undefined): boolean =>
    onFiles.some((grant) => grant.actions.includes(action) && (under === undefined || grant.under === under))
  // An upload in parts takes the same leave as one in one piece.
  if (method === 'POST' && (searchParams.has('uploads') || searchParams.has('uploadId'))) return may('PutObject', place)
  if (place && names.length > 0)
    return may(method in objectActions ? objectActions[method as keyof typeof objectActions] : 'GetObject', place)
  if (method === 'POST' && searchParams.has('delete')) return may('DeleteObject', undefined)
  return may('ListBucket', searchParams.get('prefix')?.split('/')[0])
}
