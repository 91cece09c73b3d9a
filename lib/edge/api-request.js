// A CloudFront Function (cloudfront-js-2.0): 10 KB at most, no network, and no more of the language than the runtime is
// documented to know: no `for … of`, no shorthand, no `catch` without a name. Its settings are filled in when it is
// rendered; see render.ts.
import cf from 'cloudfront'

const settings = __SETTINGS__

/** Every request to an API passes here: what the viewer claims of itself is cleared, what the edge knows is put in its place. */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
async function handler(event) {
  const request = event.request
  const headers = request.headers

  // Whatever the viewer sent under these names is overwritten.
  headers['x-viewer-address'] = { value: event.viewer.ip }
  headers['x-viewer-origin'] = { value: `${settings.scheme}://${headers.host.value}` }
  headers['x-panel-edge'] = { value: await secret() }

  if (request.uri === '/api/v2/') request.uri = '/api/v2'
  if (request.uri === '/api/v2' || request.uri.startsWith('/api/reseller/') || request.uri.startsWith('/webhooks/')) return request

  // No token is readable by script: the browser sends it as a cookie, and the gateway wants it as a header.
  delete headers.authorization
  const token = request.cookies[settings.accessCookie]
  if (token) {
    headers.authorization = { value: `Bearer ${token.value}` }
    delete request.cookies[settings.accessCookie]
  } else if (!settings.open.includes(`${request.method} ${request.uri}`)) return signInFirst(event.context.requestId)
  return request
}

async function secret() {
  try {
    return await cf.kvs().get('origin-secret')
  } catch (_missing) {
    // Before the first rotation there is none: the functions will say that this did not come through the edge.
    return 'none'
  }
}

function signInFirst(reference) {
  const error = { code: 'session-required', message: settings.sessionRequired, reference: reference }
  return {
    statusCode: 401,
    statusDescription: 'Unauthorized',
    headers: { 'content-type': { value: 'application/json' }, 'cache-control': { value: 'no-store' } },
    body: { encoding: 'text', data: JSON.stringify({ error: error }) },
  }
}
