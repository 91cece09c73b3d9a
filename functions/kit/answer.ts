import { type Refusal, type RefusalDetail, refusals } from '../../core/refusals.ts'

/** What a function answers, in the one shape that both kinds of gateway take. */
export interface Answer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The body is bytes, in base64. */
  readonly isBase64Encoded?: true
  readonly cookies?: readonly string[]
}

export const jsonText = (statusCode: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body,
})
export const json = (statusCode: number, value: unknown): Answer => jsonText(statusCode, JSON.stringify(value))

/** The one form of a no, whoever says it. */
export interface Problem {
  readonly error: { readonly code: string; readonly message: string; readonly reference: string; readonly detail?: RefusalDetail }
}

export function refusal(error: Refusal, reference: string): Answer {
  const { status, says } = refusals[error.code]
  const detail = Object.keys(error.detail).length > 0 ? { detail: error.detail } : {}
  return json(status, { error: { code: error.code, message: says, reference, ...detail } } satisfies Problem)
}

export const fault = (reference: string): Answer =>
  json(500, {
    error: {
      code: 'fault',
      message: 'Something failed on our side. If you were ordering, ask for the order before trying again.',
      reference,
    },
  } satisfies Problem)
