/** The parameters of a reseller's request, by name, whatever form they came in. */
export type Parameters = ReadonlyMap<string, string>

/** What a request brings along, as the gateway hands it over. */
export interface ProtocolRequest {
  readonly query: URLSearchParams
  readonly contentType: string
  readonly authorization: string | undefined
  readonly apiKeyHeader: string | undefined
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * Reads parameters from a form, JSON, multipart or the query string, alone or mixed; what is in the body wins. A key in
 * the query string is not read: it would stand in logs. What cannot be read is no parameters, never an error.
 */
export async function readParameters(request: ProtocolRequest): Promise<Parameters> {
  const all = new Map<string, string>()
  for (const [name, value] of request.query) if (name !== 'key') all.set(name, value)
  for (const [name, value] of await readBody(request)) all.set(name, value)
  const key = all.get('key') ?? bearer(request.authorization) ?? request.apiKeyHeader
  if (key !== undefined) all.set('key', key)
  return all
}

const bearer = (authorization: string | undefined): string | undefined => /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]

async function readBody({ contentType, body }: ProtocolRequest): Promise<Iterable<[string, string]>> {
  if (body.byteLength === 0) return []
  if (/^multipart\/form-data\b/i.test(contentType)) return readMultipart(contentType, body)
  const text = new TextDecoder().decode(body)
  if (/^application\/json\b/i.test(contentType) || /^\s*[{[]/.test(text)) return readJson(text)
  return new URLSearchParams(text)
}

async function readMultipart(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<[string, string][]> {
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
    return [...form].flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []))
  } catch {
    return []
  }
}

/** A JSON object's texts, numbers and truths as text, lists of them joined as the protocol joins ids. */
function readJson(text: string): [string, string][] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([name, one]): [string, string][] => {
    const plain = (item: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof item)
    if (plain(one)) return [[name, String(one)]]
    return Array.isArray(one) && one.every(plain) ? [[name, one.join(',')]] : []
  })
}
