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
  for (const { index } of body.matchAll(/[{[]/g)) {
    if (++tried > 50) return undefined
    const document = readWhole(body, index)
    if (document === undefined) continue
    return index === 0 || isOnlyNoise(body.slice(0, index)) ? document : undefined
  }
  return undefined
}

/** A broken document ahead of a whole one contradicts it; a PHP notice does not. */
const isOnlyNoise = (ahead: string): boolean => !/["{[]\s*["{[]|\berror"/i.test(ahead)

function readWhole(text: string, from: number): Json | undefined {
  try {
    const reader = new Reader(text, from)
    const value = reader.value(0)
    return reader.atEnd() ? value : undefined
  } catch (error) {
    if (error instanceof Unreadable) return undefined
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
