import { Invalid } from './errors.ts'
import type { Action, Condition, Operand, Path, Term } from './expressions.ts'
import { add, equal, type Item, isPlain, type Kind, kindOf, order, type Plain, type Value } from './values.ts'

/** What the placeholders of a request stand for. */
export interface Bound {
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, Value>>
}

/** Undefined where there is nothing: which is not the same as NULL. */
export function at(item: Item, path: Path, { names }: Bound): Value | undefined {
  let value: Value | undefined = item as Plain
  for (const step of path) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined
    else value = isPlain(value) ? own(value, named(step, names)) : undefined
    if (value === undefined) return undefined
  }
  return value
}

const own = (map: Plain, name: string): Value | undefined => (Object.hasOwn(map, name) ? map[name] : undefined)
const named = (step: string, names: Bound['names']): string => (step.startsWith('#') ? (names[step] ?? step) : step)

export const resolve = (path: Path, { names }: Bound): Path =>
  path.map((step) => (typeof step === 'number' ? step : named(step, names)))

function operand(of: Operand, item: Item, bound: Bound): Value | undefined {
  if (of.kind === 'value') return bound.values[of.name]
  const value = at(item, of.path, bound)
  return of.kind === 'path' || value === undefined ? value : lengthOf(value)
}

function lengthOf(value: Value): number | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (value instanceof Set) return value.size
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length
  return isPlain(value) ? Object.keys(value).length : undefined
}

export function holds(tree: Condition, item: Item, bound: Bound): boolean {
  switch (tree.kind) {
    case 'and':
      return tree.all.every((one) => holds(one, item, bound))
    case 'or':
      return tree.all.some((one) => holds(one, item, bound))
    case 'not':
      return !holds(tree.of, item, bound)
    case 'exists':
      return (at(item, tree.path, bound) !== undefined) === tree.wanted
    case 'compare':
      return compared(tree.by, operand(tree.left, item, bound), operand(tree.right, item, bound))
    case 'between': {
      const what = operand(tree.what, item, bound)
      return compared('>=', what, operand(tree.low, item, bound)) && compared('<=', what, operand(tree.high, item, bound))
    }
    case 'in': {
      const what = operand(tree.what, item, bound)
      return tree.list.some((one) => compared('=', what, operand(one, item, bound)))
    }
    case 'call':
      return called(tree.name, operand(tree.what, item, bound), operand(tree.by, item, bound))
  }
}

function compared(by: string, left: Value | undefined, right: Value | undefined): boolean {
  // What is not there is not equal to anything; it is, therefore, different from everything.
  if (left === undefined || right === undefined) return by === '<>'
  if (by === '=') return equal(left, right)
  if (by === '<>') return !equal(left, right)
  const sign = order(left, right)
  if (sign === undefined) return false
  switch (by) {
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    case '>':
      return sign > 0
    default:
      return sign >= 0
  }
}

function called(name: 'begins_with' | 'contains' | 'attribute_type', what: Value | undefined, by: Value | undefined): boolean {
  if (what === undefined || by === undefined) return false
  switch (name) {
    case 'begins_with':
      return typeof what === 'string' && typeof by === 'string' && what.startsWith(by)
    case 'contains':
      if (typeof what === 'string') return typeof by === 'string' && what.includes(by)
      return (what instanceof Set || Array.isArray(what)) && [...what].some((one) => equal(one, by))
    case 'attribute_type':
      return kindOf(what) === by
  }
}

const ordered: readonly Kind[] = ['S', 'N', 'B']

/** What the service refuses before it looks at any item: literals that an operator cannot take. */
export function sensible(tree: Condition, bound: Bound): void {
  const literal = (of: Operand): Kind | undefined => {
    const value = of.kind === 'value' ? bound.values[of.name] : undefined
    return value === undefined ? undefined : kindOf(value)
  }
  const orderable = (name: string, of: Operand): void => {
    const kind = literal(of)
    if (kind !== undefined && !ordered.includes(kind))
      throw new Invalid(`Incorrect operand type for operator or function; operator: ${name}, operand type: ${kind}`)
  }
  switch (tree.kind) {
    case 'and':
    case 'or':
      for (const one of tree.all) sensible(one, bound)
      return
    case 'not':
      sensible(tree.of, bound)
      return
    case 'exists':
      return
    case 'compare':
      if (tree.by !== '=' && tree.by !== '<>') for (const side of [tree.left, tree.right]) orderable(tree.by, side)
      if (sameOperand(tree.left, tree.right, bound)) throw notDistinct()
      return
    case 'between': {
      for (const side of [tree.what, tree.low, tree.high]) orderable('BETWEEN', side)
      const [low, high] = [literal(tree.low), literal(tree.high)]
      if (low === undefined || high === undefined) return
      if (low !== high) throw new Invalid('The BETWEEN operator requires same data type for lower and upper bounds;')
      const sign = order(operand(tree.low, {}, bound) as Value, operand(tree.high, {}, bound) as Value)
      if (sign !== undefined && sign > 0)
        throw new Invalid('The BETWEEN operator requires upper bound to be greater than or equal to lower bound;')
      return
    }
    case 'in':
      if (tree.list.some((one) => sameOperand(tree.what, one, bound))) throw notDistinct()
      return
    case 'call': {
      const kind = literal(tree.by)
      if (tree.name === 'begins_with' && kind !== undefined && kind !== 'S' && kind !== 'B')
        throw new Invalid('Incorrect operand type for operator or function; operator or function: begins_with')
      if (tree.name === 'attribute_type' && kind !== 'S')
        throw new Invalid('Incorrect operand type for operator or function; operator or function: attribute_type')
      if (sameOperand(tree.what, tree.by, bound)) throw notDistinct()
    }
  }
}

const notDistinct = () =>
  new Invalid('The first operand must be distinct from the remaining operands for this operator or function;')
const sameOperand = (a: Operand, b: Operand, bound: Bound): boolean =>
  a.kind !== 'value' &&
  a.kind === b.kind &&
  'path' in b &&
  JSON.stringify(resolve(a.path, bound)) === JSON.stringify(resolve(b.path, bound))

/** The same for an update. */
export function sensibleUpdate(actions: readonly Action[], bound: Bound): void {
  const refused = (operator: string, kind: Kind) =>
    new Invalid(`Incorrect operand type for operator or function; operator: ${operator}, operand type: ${kind}`)
  const literal = (of: Term): Kind | undefined => (of.kind === 'value' ? kindOf(bound.values[of.name] as Value) : undefined)
  const walk = (of: Term): void => {
    switch (of.kind) {
      case 'sum':
        for (const side of [of.left, of.right]) {
          const kind = literal(side)
          if (kind !== undefined && kind !== 'N') throw refused(of.sign === 1 ? '+' : '-', kind)
          walk(side)
        }
        return
      case 'list_append':
        for (const side of [of.first, of.second]) {
          const kind = literal(side)
          if (kind !== undefined && kind !== 'L') throw refused('list_append', kind)
          walk(side)
        }
        return
      case 'if_not_exists':
        if (of.otherwise.kind === 'path' && sameOperand({ kind: 'path', path: of.path }, of.otherwise, bound)) throw notDistinct()
        walk(of.otherwise)
        return
      case 'size':
        throw new Invalid('The function is not allowed in an update expression; function: size')
      default:
    }
  }
  for (const action of actions) {
    if (action.kind === 'set') walk(action.to)
    if (action.kind === 'add' || action.kind === 'delete') {
      const kind = kindOf(bound.values[action.value] as Value)
      if (kind !== 'SS' && kind !== 'NS' && (action.kind === 'delete' || kind !== 'N'))
        throw refused(action.kind.toUpperCase(), kind)
    }
  }
}

/** Refuses an update that touches a place twice, or a place within another. */
export function disjoint(actions: readonly Action[], bound: Bound): void {
  const paths = actions.map(({ path }) => resolve(path, bound))
  if (paths.every(({ length }) => length === 1) && new Set(paths.map(([name]) => name)).size === paths.length) return
  paths.forEach((path, index) => {
    for (const other of paths.slice(index + 1)) {
      const shorter = path.length <= other.length ? path : other
      const longer = shorter === path ? other : path
      if (shorter.every((step, place) => step === longer[place]))
        throw new Invalid('Two document paths overlap with each other; must remove or rewrite one of these paths;')
      const [fork] = shorter.flatMap((step, place) => (step === longer[place] ? [] : [place]))
      if (fork !== undefined && typeof shorter[fork] !== typeof longer[fork])
        throw new Invalid('Two document paths conflict with each other; must remove or rewrite one of these paths;')
    }
  })
}

/** The item after the update. Operands are read from the item as it was. */
export function updated(actions: readonly Action[], item: Item, bound: Bound): Item {
  const next: Plain = actions.every(({ path }) => path.length === 1) ? { ...item } : structuredClone({ ...item })
  const removals: Path[] = []
  const appends: [Path, Value][] = []
  for (const action of actions) {
    const path = resolve(action.path, bound)
    switch (action.kind) {
      case 'set': {
        const value = term(action.to, item, bound)
        // Beyond the end of a list means at its end, in the order of the indexes.
        if (typeof path.at(-1) === 'number') appends.push([path, value])
        else place(next, path, value)
        break
      }
      case 'remove':
        removals.push(path)
        break
      case 'add':
        place(next, path, added(at(item, action.path, bound), bound.values[action.value] as Value))
        break
      case 'delete': {
        const left = without(at(item, action.path, bound), bound.values[action.value] as Value)
        if (left === undefined) removals.push(path)
        else if (left !== 'nothing') place(next, path, left)
      }
    }
  }
  for (const [path, value] of appends.sort(([a], [b]) => Number(a.at(-1)) - Number(b.at(-1)))) place(next, path, value)
  // From the end, so that the indexes in front stay what they were.
  for (const path of removals.sort((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || 0)) remove(next, path)
  return next
}

const wrongKind = () => new Invalid('An operand in the update expression has an incorrect data type')

function term(of: Term, item: Item, bound: Bound): Value {
  switch (of.kind) {
    case 'if_not_exists': {
      // NULL is a value like any other: only what is not there is replaced.
      const before = at(item, of.path, bound)
      const otherwise = term(of.otherwise, item, bound)
      return before === undefined ? otherwise : before
    }
    case 'list_append': {
      const [first, second] = [term(of.first, item, bound), term(of.second, item, bound)]
      if (!Array.isArray(first) || !Array.isArray(second)) throw wrongKind()
      return [...first, ...second]
    }
    case 'sum': {
      const [left, right] = [term(of.left, item, bound), term(of.right, item, bound)]
      if (!isNumber(left) || !isNumber(right)) throw wrongKind()
      return add(left, right, of.sign)
    }
    default: {
      const value = operand(of, item, bound)
      if (value === undefined) throw new Invalid('The provided expression refers to an attribute that does not exist in the item')
      return value
    }
  }
}

const isNumber = (value: Value): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'

function added(before: Value | undefined, value: Value): Value {
  if (isNumber(value)) {
    if (before !== undefined && !isNumber(before)) throw wrongKind()
    return before === undefined ? value : add(before, value, 1)
  }
  if (!(value instanceof Set)) throw wrongKind()
  if (before === undefined) return value
  if (!(before instanceof Set) || kindOf(before) !== kindOf(value)) throw wrongKind()
  return new Set([...before, ...value])
}

function without(before: Value | undefined, value: Value): Value | undefined | 'nothing' {
  if (before === undefined) return 'nothing'
  if (!(before instanceof Set) || !(value instanceof Set) || kindOf(before) !== kindOf(value)) throw wrongKind()
  const left = [...before].filter((one) => !value.has(one))
  return left.length === 0 ? undefined : new Set(left)
}

const noSuchPlace = () => new Invalid('The document path provided in the update expression is invalid for update')

function parent(item: Plain, path: Path): Plain | Value[] | undefined {
  let value: Value | undefined = item
  for (const step of path.slice(0, -1)) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined
    else value = isPlain(value) ? own(value, step) : undefined
  }
  return Array.isArray(value) || isPlain(value) ? value : undefined
}

function place(item: Plain, path: Path, value: Value): void {
  const holder = parent(item, path)
  const step = path.at(-1)
  if (Array.isArray(holder) && typeof step === 'number') holder[Math.min(step, holder.length)] = value
  else if (isPlain(holder) && typeof step === 'string') holder[step] = value
  else throw noSuchPlace()
}

function remove(item: Plain, path: Path): void {
  const holder = parent(item, path)
  const step = path.at(-1)
  if (Array.isArray(holder) && typeof step === 'number') holder.splice(step, 1)
  else if (isPlain(holder) && typeof step === 'string') delete holder[step]
  else throw noSuchPlace()
}

/** Only the attributes a projection names. */
export function projected(item: Item, paths: readonly Path[], bound: Bound): Item {
  const kept: Plain = {}
  for (const path of paths) {
    const [name] = resolve(path, bound)
    if (path.length !== 1 || typeof name !== 'string') throw new Error('this stand-in projects whole attributes only')
    const value = own(item as Plain, name)
    if (value !== undefined) kept[name] = value
  }
  return kept
}
