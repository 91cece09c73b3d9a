import { type RefusalCode, refusals } from '../../core/refusals.ts'

/** Which of the panel's own refusals the gateway means, when it says no by itself. */
const meant = {
  // No key was presented.
  UNAUTHORIZED: 'key-invalid',
  // The authorizer does not know it.
  ACCESS_DENIED: 'key-invalid',
  // It is known, and the gateway has no meter for it yet.
  INVALID_API_KEY: 'key-invalid',
  THROTTLED: 'too-many-requests',
  QUOTA_EXCEEDED: 'too-many-requests',
  REQUEST_TOO_LARGE: 'body-too-large',
  BAD_REQUEST_BODY: 'invalid-request',
  BAD_REQUEST_PARAMETERS: 'invalid-request',
  UNSUPPORTED_MEDIA_TYPE: 'invalid-request',
  // The gateway's name for an address that it does not have.
  MISSING_AUTHENTICATION_TOKEN: 'not-found',
  RESOURCE_NOT_FOUND: 'not-found',
} as const satisfies Record<string, RefusalCode>

const responseParameters = { 'gatewayresponse.header.cache-control': "'no-store'" }

const problem = (code: string, message: string) => ({
  'application/json': JSON.stringify({ error: { code, message, reference: '$context.requestId' } }),
})

/** The gateway's answers in the panel's one vocabulary. Whatever else it refuses keeps its status. */
export const gatewayResponses = {
  ...Object.fromEntries(
    Object.entries(meant).map(([type, code]) => [
      type,
      { statusCode: String(refusals[code].status), responseParameters, responseTemplates: problem(code, refusals[code].says) },
    ]),
  ),
  DEFAULT_4XX: { responseParameters, responseTemplates: problem('invalid-request', refusals['invalid-request'].says) },
  DEFAULT_5XX: { responseParameters, responseTemplates: problem('fault', 'Something failed on our side. Ask again in a moment.') },
}
