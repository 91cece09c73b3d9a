import { Invalid } from './errors.ts'
import { reserved } from './reserved.ts'

/** Where in an item: an attribute's name or `#placeholder`, then names and list indexes. */
export type Path = readonly (string | number)[]
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'size'; readonly path: Path }

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly all: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly by: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly what: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly what: Operand; readonly list: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path; readonly wanted: boolean }
  | {
      readonly kind: 'call'
      readonly name: 'begins_with' | 'contains' | 'attribute_type'
      readonly what: Operand
      readonly by: Operand
    }

export type Term =
  | Operand
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: Term }
  | { readonly kind: 'list_append'; readonly first: Term; readonly second: Term }
  | { readonly kind: 'sum'; readonly sign: 1 | -1; readonly left: Term; readonly right: Term }

export type Action =
  | { readonly kind: 'set'; readonly path: Path; readonly to: Term }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: string }

/** A parsed expression with the placeholders it needs. */
export interface Parsed<T> {
  readonly tree: T
  readonly names: ReadonlySet<string>
  readonly values: ReadonlySet<string>
}

export const condition = remembered((parser) => parser.condition())
export const update = remembered((parser) => parser.update())
export const projection = remembered((parser) => parser.projection())

/** The stores say the same things again and again: each text is parsed once. */
function remembered<T>(parse: (parser: Parser) => T): (text: string) => Parsed<T> {
  const known = new Map<string, Parsed<T>>()
  return (text) => {
    const before = known.get(text)
    if (before) return before
    const parser = new Parser(text)
    const tree = parse(parser)
    parser.end()
    const parsed = { tree, names: parser.names, values: parser.values }
    known.set(text, parsed)
    return parsed
  }
}

const token = /\s*(?:(<>|<=|>=|[=<>(),.[\]+-])|([A-Za-z_][A-Za-z0-9_-]*|[#:][A-Za-z0-9_]+|\d+))/y

class Parser {
  readonly names = new Set<string>()
  readonly values = new Set<string>()
  readonly #tokens: string[] = []
  #at = 0

  constructor(text: string) {
    if (text.trim() === '') throw new Invalid('The expression can not be empty;')
    token.lastIndex = 0
    for (let end = 0; text.slice(end).trim() !== ''; end = token.lastIndex) {
      token.lastIndex = end
      const match = token.exec(text)
      if (!match) throw new Invalid(`Syntax error; token: "${text.slice(end)}"`)
      this.#tokens.push(match[1] ?? match[2] ?? '')
    }
  }

  end(): void {
    if (this.#at < this.#tokens.length) this.#fail()
  }

  condition(): Condition {
    const all = [this.#conjunction()]
    while (this.#word('OR')) all.push(this.#conjunction())
    return all.length === 1 && all[0] ? all[0] : { kind: 'or', all }
  }

  #conjunction(): Condition {
    const all = [this.#negation()]
    while (this.#word('AND')) all.push(this.#negation())
    return all.length === 1 && all[0] ? all[0] : { kind: 'and', all }
  }

  #negation(): Condition {
    return this.#word('NOT') ? { kind: 'not', of: this.#negation() } : this.#primary()
  }

  #primary(): Condition {
    if (this.#symbol('(')) {
      const doubled = this.#peek() === '('
      const start = this.#at
      const inner = this.condition()
      // ((a)): the service refuses parentheses that do nothing.
      if (doubled && this.#closes(start)) throw new Invalid('The expression has redundant parentheses;')
      this.#expect(')')
      return inner
    }
    const next = this.#peek()
    if (this.#peek(1) === '(' && next !== undefined) {
      switch (next) {
        case 'attribute_exists':
        case 'attribute_not_exists': {
          this.#at += 2
          const path = this.#path()
          this.#expect(')')
          return { kind: 'exists', path, wanted: next === 'attribute_exists' }
        }
        case 'begins_with':
        case 'contains':
        case 'attribute_type': {
          this.#at += 2
          const what = this.#operand()
          this.#expect(',')
          const by = this.#operand()
          this.#expect(')')
          return { kind: 'call', name: next, what, by }
        }
        case 'size':
          break
        default:
          throw new Invalid(`Invalid function name; function: ${next}`)
      }
    }
    return this.#comparison(this.#operand())
  }

  /** Whether the parenthesis opened at `start` is closed by the token before the one in hand. */
  #closes(start: number): boolean {
    let depth = 0
    for (let at = start; at < this.#at; at++) {
      if (this.#tokens[at] === '(') depth++
      if (this.#tokens[at] === ')' && --depth === 0) return at === this.#at - 1
    }
    return false
  }

  #comparison(what: Operand): Condition {
    if (this.#word('BETWEEN')) {
      const low = this.#operand()
      if (!this.#word('AND')) this.#fail()
      return { kind: 'between', what, low, high: this.#operand() }
    }
    if (this.#word('IN')) {
      this.#expect('(')
      const list = [this.#operand()]
      while (this.#symbol(',')) list.push(this.#operand())
      this.#expect(')')
      return { kind: 'in', what, list }
    }
    const by = this.#next()
    if (by !== '=' && by !== '<>' && by !== '<' && by !== '<=' && by !== '>' && by !== '>=') return this.#fail()
    return { kind: 'compare', by, left: what, right: this.#operand() }
  }

  update(): Action[] {
    const actions: Action[] = []
    const seen = new Set<string>()
    while (this.#at < this.#tokens.length) {
      const section = this.#next().toUpperCase()
      if (!['SET', 'REMOVE', 'ADD', 'DELETE'].includes(section)) this.#fail()
      if (seen.has(section)) throw new Invalid(`The "${section}" section can only be used once in an update expression;`)
      seen.add(section)
      do actions.push(this.#action(section))
      while (this.#symbol(','))
    }
    return actions
  }

  #action(section: string): Action {
    const path = this.#path()
    switch (section) {
      case 'SET': {
        this.#expect('=')
        const left = this.#term()
        if (this.#symbol('+')) return { kind: 'set', path, to: { kind: 'sum', sign: 1, left, right: this.#term() } }
        if (this.#symbol('-')) return { kind: 'set', path, to: { kind: 'sum', sign: -1, left, right: this.#term() } }
        return { kind: 'set', path, to: left }
      }
      case 'REMOVE':
        return { kind: 'remove', path }
      default:
        return { kind: section === 'ADD' ? 'add' : 'delete', path, value: this.#value() }
    }
  }

  #term(): Term {
    const name = this.#peek()
    if (this.#peek(1) !== '(') return this.#operand()
    if (name !== 'if_not_exists' && name !== 'list_append') throw new Invalid(`Invalid function name; function: ${name}`)
    this.#at += 2
    if (name === 'if_not_exists') {
      const path = this.#path()
      this.#expect(',')
      const otherwise = this.#term()
      this.#expect(')')
      return { kind: 'if_not_exists', path, otherwise }
    }
    const first = this.#term()
    this.#expect(',')
    const second = this.#term()
    this.#expect(')')
    return { kind: 'list_append', first, second }
  }

  projection(): Path[] {
    const paths = [this.#path()]
    while (this.#symbol(',')) paths.push(this.#path())
    return paths
  }

  #operand(): Operand {
    const next = this.#peek()
    if (next?.startsWith(':')) return { kind: 'value', name: this.#value() }
    if (next === 'size' && this.#peek(1) === '(') {
      this.#at += 2
      const path = this.#path()
      this.#expect(')')
      return { kind: 'size', path }
    }
    return { kind: 'path', path: this.#path() }
  }

  #value(): string {
    const name = this.#next()
    if (!name.startsWith(':')) this.#fail()
    this.values.add(name)
    return name
  }

  #path(): Path {
    const path: (string | number)[] = [this.#attribute()]
    for (;;) {
      if (this.#symbol('.')) path.push(this.#attribute())
      else if (this.#symbol('[')) {
        path.push(Number(this.#next()))
        this.#expect(']')
      } else return path
    }
  }

  #attribute(): string {
    const name = this.#next()
    if (name.startsWith('#')) this.names.add(name)
    else if (!/^[A-Za-z]/.test(name)) this.#fail()
    else if (reserved(name)) throw new Invalid(`Attribute name is a reserved keyword; reserved keyword: ${name}`)
    return name
  }

  #peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? this.#fail()
  }

  #word(word: string): boolean {
    if (this.#peek()?.toUpperCase() !== word) return false
    this.#at++
    return true
  }

  #symbol(symbol: string): boolean {
    if (this.#peek() !== symbol) return false
    this.#at++
    return true
  }

  #expect(symbol: string): void {
    if (!this.#symbol(symbol)) this.#fail()
  }

  #fail(): never {
    throw new Invalid(`Syntax error; token: "${this.#peek() ?? '<EOF>'}"`)
  }
}
