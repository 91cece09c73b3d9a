/** What came back: its status and its JSON. */
export interface Reply {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Speaks to the panel as a page in a browser would: with its cookies, from its origin. */
export interface Browser {
  call(method: string, path: string, body?: unknown): Promise<Reply>
  /** A file, as it comes. */
  read(path: string): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Buffer }>
  /** What is kept by this name; no page’s script could see it. */
  cookie(name: string): string | undefined
}

export function browser(origin: string, always: Readonly<Record<string, string>> = {}): Browser {
  const cookies = new Map<string, string>()
  const kept = (): Record<string, string> =>
    cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}
  return {
    cookie: (name) => cookies.get(name),
    async read(path) {
      const response = await fetch(`${origin}${path}`, { headers: { ...always, ...kept() } })
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
    },
    async call(method, path, body) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          ...always,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'GET' ? {} : { origin }),
          ...kept(),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = cookie.split('; ')
        const at = pair.indexOf('=')
        if (attributes.includes('Max-Age=0')) cookies.delete(pair.slice(0, at))
        else cookies.set(pair.slice(0, at), pair.slice(at + 1))
      }
      const text = await response.text()
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : { text } }
    },
  }
}

/** The answer, or an error that says what was answered instead. */
export async function must(reply: Promise<Reply>, what: string): Promise<Record<string, unknown>> {
  const { status, body } = await reply
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`)
  return body
}
