import { timingSafeEqual } from 'node:crypto'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import * as z from 'zod/mini'
import { postSignature } from '../../outside/files/sign-uploads.ts'
import { readBody } from '../http.ts'

/** The largest form that is read at all, in bytes: S3 would take 5 GB, and refuse it for its policy. */
const largestForm = 64_000_000

interface Options {
  readonly port: number
  readonly bucket: string
  readonly region: string
  readonly secret: string
  readonly accessKey: string
  /** Hears what arrived. */
  readonly arrived: (key: string) => void
}

/** S3's own no, by its code. */
class Denied extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, status = 403) {
    super(code)
    this.code = code
    this.status = status
  }
}

/**
 * The bucket takes any form that is posted to it, and knows no preflight. Here forms stand before it, and are held to the
 * policy they were signed with, as S3 holds them; and whoever may ask from another origin is told so.
 */
export function holdToPolicies(options: Options): void {
  const { emit } = Server.prototype
  Server.prototype.emit = function (this: Server, event: string, ...given: unknown[]): boolean {
    const [request, response] = given as [IncomingMessage, ServerResponse]
    if (event !== 'request' || !isForBucket(request, options.bucket)) return Reflect.apply(emit, this, [event, ...given])
    void answer(request, response, options)
    return true
  }
}

const isForBucket = ({ url = '', method, headers }: IncomingMessage, bucket: string): boolean =>
  (url === `/${bucket}` || url === `/${bucket}/`) &&
  (method === 'OPTIONS' || (method === 'POST' && /^multipart\/form-data/.test(headers['content-type'] ?? '')))

async function answer(request: IncomingMessage, response: ServerResponse, options: Options): Promise<void> {
  const cors = { 'access-control-allow-origin': '*', vary: 'origin' }
  if (request.method === 'OPTIONS') {
    response.writeHead(200, { ...cors, 'access-control-allow-methods': 'POST', 'access-control-allow-headers': '*' }).end()
    return
  }
  try {
    const { status, key } = await take(request, options)
    response.writeHead(status, cors).end()
    options.arrived(key)
  } catch (error) {
    const denied = error instanceof Denied ? error : new Denied('InternalError', 500)
    request.resume()
    response
      .writeHead(denied.status, { ...cors, 'content-type': 'application/xml' })
      .end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${denied.code}</Code></Error>`)
  }
}

async function take(request: IncomingMessage, options: Options): Promise<{ status: number; key: string }> {
  const body = await readBody(request, largestForm)
  if (!body) throw new Denied('EntityTooLarge', 400)
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': request.headers['content-type'] ?? '' } })
    .formData()
    .catch(() => {
      throw new Denied('MalformedPOSTRequest', 400)
    })
  const fields = new Map<string, string>()
  let file: Blob | undefined
  for (const [name, value] of form) {
    if (name === 'file') {
      file = typeof value === 'string' ? new Blob([value]) : value
      // What stands behind the file is not read.
      break
    }
    if (typeof value === 'string') fields.set(name.toLowerCase(), value)
  }
  if (!file) throw new Denied('InvalidArgument', 400)
  hold(fields, file.size, options)
  const key = fields.get('key') ?? ''
  const put = await fetch(`http://127.0.0.1:${options.port}/${options.bucket}/${key}`, {
    method: 'PUT',
    headers: { 'content-type': fields.get('content-type') ?? 'binary/octet-stream' },
    body: await file.arrayBuffer(),
  })
  if (!put.ok) throw new Denied('InternalError', 500)
  return { status: Number(fields.get('success_action_status') ?? 204), key }
}

const policyShape = z.object({
  expiration: z.string(),
  conditions: z.array(
    z.union([
      z.record(z.string(), z.string()),
      z.tuple([z.enum(['eq', 'starts-with']), z.string(), z.string()]),
      z.tuple([z.literal('content-length-range'), z.number(), z.number()]),
    ]),
  ),
})

function hold(fields: ReadonlyMap<string, string>, bytes: number, { bucket, region, secret, accessKey }: Options): void {
  const policyText = fields.get('policy') ?? ''
  const [key, ...scope] = (fields.get('x-amz-credential') ?? '').split('/')
  if (key !== accessKey || scope.slice(1).join('/') !== `${region}/s3/aws4_request`) throw new Denied('InvalidAccessKeyId')
  const [expected, given] = [postSignature(policyText, secret, scope.join('/')), fields.get('x-amz-signature') ?? ''].map((text) =>
    Buffer.from(text),
  )
  if (!expected || !given || expected.length !== given.length || !timingSafeEqual(expected, given))
    throw new Denied('SignatureDoesNotMatch')
  const policy = policyShape.parse(JSON.parse(Buffer.from(policyText, 'base64').toString('utf8')))
  if (!(new Date(policy.expiration).getTime() > Date.now())) throw new Denied('AccessDenied')

  const values = new Map([...fields, ['bucket', bucket]])
  const spokenOf = new Set(['policy', 'x-amz-signature', 'bucket'])
  for (const condition of policy.conditions) {
    if (!Array.isArray(condition)) {
      for (const [name, value] of Object.entries(condition)) {
        spokenOf.add(name.toLowerCase())
        if (values.get(name.toLowerCase()) !== value) throw new Denied('AccessDenied')
      }
    } else if (condition[0] === 'content-length-range') {
      if (bytes < condition[1]) throw new Denied('EntityTooSmall', 400)
      if (bytes > condition[2]) throw new Denied('EntityTooLarge', 400)
    } else {
      const name = condition[1].replace(/^\$/, '').toLowerCase()
      spokenOf.add(name)
      const value = values.get(name) ?? ''
      if (condition[0] === 'eq' ? value !== condition[2] : !value.startsWith(condition[2])) throw new Denied('AccessDenied')
    }
  }
  // A field that no condition speaks of is one too many.
  if ([...fields.keys()].some((name) => !spokenOf.has(name) && !name.startsWith('x-ignore-'))) throw new Denied('AccessDenied')
}
