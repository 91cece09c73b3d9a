import { randomUUID } from 'node:crypto'

/** A request as it has come past the edge. */
export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: string
  /** Lower case; several of one name joined by commas. */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: Buffer
  readonly requestId: string
}

/** An answer on its way back. */
export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body: string | Buffer
}

export const newRequestId = (): string => randomUUID()

/** What the gateway itself says, in the only form in which it can: not the panel's vocabulary. */
export const gatewaySays = (status: number, message: string, requestId: string): Outgoing => ({
  status,
  headers: { 'content-type': 'application/json', 'apigw-requestid': requestId },
  body: JSON.stringify({ message }),
})

/** Text goes to a function as text, everything else as base64. */
export function bodyOf({ body, headers }: Incoming): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false }
  const isText = /^(text\/|application\/(json|x-www-form-urlencoded|xml|javascript))/i.test(headers['content-type'] ?? 'text/plain')
  return isText ? { body: body.toString('utf8'), isBase64Encoded: false } : { body: body.toString('base64'), isBase64Encoded: true }
}

/** What a function answered, as both forms of gateway take it. */
export function readAnswer(result: unknown, requestId: string): Outgoing {
  const {
    statusCode,
    headers = {},
    cookies,
    body = '',
    isBase64Encoded = false,
  } = (result ?? {}) as {
    statusCode?: number
    headers?: Record<string, string>
    cookies?: string[]
    body?: string
    isBase64Encoded?: boolean
  }
  if (statusCode === undefined) return gatewaySays(500, 'Internal Server Error', requestId)
  return {
    status: statusCode,
    headers: { ...headers, 'apigw-requestid': requestId },
    ...(cookies ? { cookies } : {}),
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  }
}
