import vm from 'node:vm'

/** A request or an answer as CloudFront's functions see it. */
export interface EdgeRequest {
  method: string
  uri: string
  querystring: Record<string, { value: string }>
  headers: Record<string, { value: string }>
  cookies: Record<string, { value: string }>
}
export interface EdgeAnswer {
  readonly statusCode: number
  readonly headers?: Record<string, { value: string }>
  readonly body?: { readonly data: string }
}
export type EdgeFunction = (event: {
  request: EdgeRequest
  viewer: { ip: string }
  context: { requestId: string }
}) => Promise<EdgeRequest | EdgeAnswer>

/** Runs the very text that is deployed to CloudFront. */
export function edgeFunction(source: string, lookUp: (key: string) => string | undefined): EdgeFunction {
  const kvs = () => ({
    get: async (key: string) => {
      const value = lookUp(key)
      if (value === undefined) throw new Error('KeyNotFound')
      return value
    },
  })
  const context = vm.createContext({ cf: { kvs } })
  return vm.runInContext(`${source.replace(/^import cf from 'cloudfront'$/m, '')}\n;handler`, context) as EdgeFunction
}
