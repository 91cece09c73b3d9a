/**
 * JSON as providers really send it. Numbers keep their digits (an order number may be larger than a double can hold), a
 * key given twice is an error (which of the two was meant?), and what stands ahead of the document can be told apart
 * from it.
 */
export type Json = null | boolean | string | NumberText | readonly Json[] | ReadonlyMap<string, Json>

/** A number, digit for digit. */
export class NumberText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

class Unreadable extends Error {}

/** How deep a document may be: deeper ones are an attack, not an answer. */
const deepest = 32

/** Reads the one document that ends the text; notices, warnings and a byte-order mark may stand ahead of it. */
export function readDocument(text: string): Json | undefined {
  const body = text.replace(/^\uFEFF/, '').trim()
  let tried = 0
  // A broken document in a broken document in a broken document is read over and over: that must not take a worker's time.
  let patience = mostReadings * body.length + 10_000
  for (const { index } of body.matchAll(/[{[]/g)) {
    if (++tried > 50 || patience < 0) return undefined
    const { document, length } = readWhole(body, index)
    patience -= length
    if (document === undefined) continue
    return index === 0 || isOnlyNoise(body.slice(0, index)) ? document : undefined
  }
  return undefined
}

/** How often all of a text is read, in search of the document in it. */
const mostReadings = 3

/** A broken document ahead of a whole one contradicts it; a PHP notice does not. */
const isOnlyNoise = (ahead: string): boolean => !/["{[]\s*["{[]|\berror"/i.test(ahead)

/** The document from here to the end, and how much was read to find out. */
function readWhole(text: string, from: number): { readonly document: Json | undefined; readonly length: number } {
  const reader = new Reader(text, from)
  try {
    const value = reader.value(0)
    return { document: reader.atEnd() ? value : undefined, length: reader.at - from }
  } catch (error) {
    if (error instanceof Unreadable) return { document: undefined, length: reader.at - from }
    throw error
  }
}

class Reader {
  readonly #text: string
  #at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  value(depth: number): Json {
    if (depth > deepest) throw new Unreadable()
    this.#space()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      default:
        return this.#word()
    }
  }

  atEnd(): boolean {
    this.#space()
    return this.#at === this.#text.length
  }

  #object(depth: number): ReadonlyMap<string, Json> {
    const members = new Map<string, Json>()
    this.#list('}', () => {
      this.#space()
      const name = this.#string()
      this.#space()
      if (this.#text[this.#at++] !== ':' || members.has(name)) throw new Unreadable()
      members.set(name, this.value(depth + 1))
    })
    return members
  }

  #array(depth: number): readonly Json[] {
    const values: Json[] = []
    this.#list(']', () => {
      values.push(this.value(depth + 1))
    })
    return values
  }

  #list(end: string, element: () => void): void {
    this.#at++
    this.#space()
    if (this.#text[this.#at] === end) {
      this.#at++
      return
    }
    for (;;) {
      element()
      this.#space()
      const next = this.#text[this.#at++]
      if (next === end) return
      if (next !== ',') throw new Unreadable()
    }
  }

  #string(): string {
    const quoted = this.#match(/"[^"\\]*(?:\\.[^"\\]*)*"/sy)
    try {
      const text: unknown = JSON.parse(quoted)
      if (typeof text === 'string') return text
    } catch {
      // Falls through: a string that JSON itself does not accept.
    }
    throw new Unreadable()
  }

  #word(): Json {
    const word = this.#match(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
    return word === 'null' ? null : word === 'true' ? true : word === 'false' ? false : new NumberText(word)
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const [found] = pattern.exec(this.#text) ?? []
    if (found === undefined) throw new Unreadable()
    this.#at = pattern.lastIndex
    return found
  }
}
