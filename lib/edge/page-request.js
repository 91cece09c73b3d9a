// A CloudFront Function (cloudfront-js-2.0): plain JavaScript, 10 KB at most, no network.

/** Every request for a page or a file passes here. */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
async function handler(event) {
  const request = event.request

  // The site tells of page changes by asking for /beacon/<page>: nothing is behind it, the log line is all there is to it.
  if (request.uri.startsWith('/beacon/'))
    return { statusCode: 204, statusDescription: 'No Content', headers: { 'cache-control': { value: 'no-store' } } }

  // Pages are routes inside the site: whatever has no file ending is one. (Rewriting error pages would swallow the API's 404s.)
  const last = request.uri.slice(request.uri.lastIndexOf('/') + 1)
  if (!last.includes('.')) request.uri = '/index.html'
  return request
}
