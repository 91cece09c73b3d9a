import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { schema } from '../../data/schema.ts'
import { canceled, conditionFailed, conflict, Invalid, inProgress, mismatch, type Reason } from './table/errors.ts'
import { type Bound, disjoint, holds, projected, resolve, sensible, sensibleUpdate, updated } from './table/evaluate.ts'
import { type Condition, condition, projection, update } from './table/expressions.ts'
import { Indexes, type IndexName, partOf } from './table/indexes.ts'
import { acceptMap, compareTexts, equal, holdSize, type Item, type Value } from './table/values.ts'

/** A change of an item, as the stream tells it. */
export interface TableChange {
  readonly pk: string
  readonly sk: string
  readonly now: Item | undefined
  readonly was: Item | undefined
}

/** One write, checked as far as it can be without looking at the item. */
interface Write {
  readonly pk: string
  readonly sk: string
  /** Throws when the condition does not hold, or the update makes no sense for this item. */
  next(item: Item | undefined): Item | undefined
  answer(before: Item | undefined, after: Item | undefined): Record<string, unknown>
}

/** A transaction between its check and its end. */
interface HeldTransaction {
  commit(): void
  abort(): void
}

type Fields = Readonly<Record<string, unknown>>

/**
 * The table in memory: what the document client would answer, by the expressions that the stores really send. One request
 * is one step; only a transaction can be held open, between its check and its commit, with its items locked as in the
 * service.
 */
export class FakeTable {
  readonly #items = new Map<string, Map<string, Item>>()
  /** Items as they were before their latest change: what a read that is not consistent may still see. */
  readonly #before = new Map<string, { readonly item: Item | undefined; readonly until: number }>()
  readonly #locked = new Set<string>()
  readonly #tokens = new Map<string, { readonly of: readonly object[]; done: boolean }>()
  readonly indexes: Indexes
  readonly #now: () => number
  /** Told of every change, in order. */
  readonly #tell: (change: TableChange) => void

  constructor(
    tell: (change: TableChange) => void = () => undefined,
    lag: (apply: () => void) => void = (apply) => apply(),
    now: () => number = () => 0,
  ) {
    this.#tell = tell
    this.#now = now
    this.indexes = new Indexes(lag)
  }

  /** Does what a command asks, at once. A `late` reader sees an item as it was before its latest change. */
  run(command: unknown, late = false): Record<string, unknown> {
    if (command instanceof GetCommand) return this.#get(command.input, late)
    if (command instanceof QueryCommand) return this.#query(command.input)
    if (command instanceof BatchGetCommand) return this.#batchGet(command.input, late)
    if (command instanceof PutCommand) return this.#single(this.#put(command.input))
    if (command instanceof UpdateCommand) return this.#single(this.#update(command.input))
    if (command instanceof DeleteCommand) return this.#single(this.#delete(command.input))
    if (command instanceof TransactWriteCommand) {
      this.begin(command.input).commit()
      return {}
    }
    throw new Error(`this stand-in knows no ${Object(command).constructor.name}`)
  }

  /** Puts an item there, without anybody hearing of it. */
  load(item: Readonly<Record<string, unknown>>): void {
    const { pk, sk } = keyOf(item, true)
    const partition = this.#items.get(pk) ?? new Map<string, Item>()
    this.#items.set(pk, partition.set(sk, acceptMap(item)))
  }

  /** An item as it is, for whoever checks the books. */
  peek(pk: string, sk: string): Item | undefined {
    return this.#items.get(pk)?.get(sk)
  }

  *all(prefix = ''): Generator<Item> {
    for (const [pk, partition] of this.#items) if (pk.startsWith(prefix)) yield* partition.values()
  }

  /** Checks a transaction and locks its items, until it is committed or given up. */
  begin(input: TransactWriteCommandInput): HeldTransaction {
    const legs = input.TransactItems ?? []
    if (legs.length === 0 || legs.length > 100) throw new Invalid('Member must have length between 1 and 100')
    const writes = legs.map((leg) => this.#leg(leg))
    const keys = writes.map(({ pk, sk }) => lockName(pk, sk))
    if (new Set(keys).size < keys.length) throw new Invalid('Transaction request cannot include multiple operations on one item')

    const token = input.ClientRequestToken
    const known = token === undefined ? undefined : this.#tokens.get(token)
    if (known && known.of !== legs && inWords(known.of) !== inWords(legs)) throw mismatch()
    if (known && !known.done) throw inProgress()
    if (known) return { commit: () => undefined, abort: () => undefined }

    const outcomes = writes.map((write, index) => this.#tried(write, keys[index] ?? ''))
    if (outcomes.some(({ reason }) => reason.Code !== 'None')) throw canceled(outcomes.map(({ reason }) => reason))
    for (const key of keys) this.#locked.add(key)
    const remembered = { of: legs, done: false }
    if (token !== undefined) this.#tokens.set(token, remembered)
    const unlock = () => {
      for (const key of keys) this.#locked.delete(key)
    }
    return {
      commit: () => {
        unlock()
        remembered.done = true
        writes.forEach(({ pk, sk }, index) => {
          if (!('ConditionCheck' in (legs[index] ?? {}))) this.#write(pk, sk, outcomes[index]?.after)
        })
      },
      abort: () => {
        unlock()
        if (token !== undefined) this.#tokens.delete(token)
      },
    }
  }

  #tried(write: Write, key: string): { readonly reason: Reason; readonly after?: Item | undefined } {
    if (this.#locked.has(key)) return { reason: { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } }
    try {
      return { reason: { Code: 'None' }, after: write.next(this.peek(write.pk, write.sk)) }
    } catch (error) {
      if (error instanceof Invalid) return { reason: { Code: 'ValidationError', Message: error.message } }
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      return { reason: { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' } }
    }
  }

  #single(write: Write): Record<string, unknown> {
    if (this.#locked.has(lockName(write.pk, write.sk))) throw conflict()
    const before = this.peek(write.pk, write.sk)
    const after = write.next(before)
    this.#write(write.pk, write.sk, after)
    return write.answer(before, after)
  }

  #write(pk: string, sk: string, now: Item | undefined): void {
    const partition = this.#items.get(pk) ?? new Map<string, Item>()
    this.#items.set(pk, partition)
    const was = partition.get(sk)
    if (now === undefined) partition.delete(sk)
    else partition.set(sk, now)
    // What leaves an item as it was makes no record in the stream.
    if (now === was || (now && was && equal(now as Value, was as Value))) return
    this.#before.set(lockName(pk, sk), { item: was, until: this.#now() + longestLateMilliseconds })
    this.indexes.changed(pk, sk, was, now)
    this.#tell({ pk, sk, now, was })
  }

  #leg(leg: NonNullable<TransactWriteCommandInput['TransactItems']>[number]): Write {
    if (leg.Put) return this.#put(leg.Put)
    if (leg.Update) return this.#update(leg.Update)
    if (leg.Delete) return this.#delete(leg.Delete)
    if (!leg.ConditionCheck?.ConditionExpression) throw new Invalid('a leg must be one of four')
    const { ConditionExpression, Key } = leg.ConditionCheck
    const { check } = readCondition({ ...leg.ConditionCheck, ConditionExpression }, [])
    return { ...keyOf(Key), next: (item) => check(item) ?? item, answer: () => ({}) }
  }

  #put(input: Fields): Write {
    const item = acceptMap(input['Item'] as Fields)
    const { pk, sk } = keyOf(item, true)
    const { check } = readCondition(input, [])
    holdReturn(input, ['NONE', 'ALL_OLD'])
    return {
      pk,
      sk,
      next: (before) => {
        holdIndexKeys(item)
        holdSize(item)
        check(before)
        return item
      },
      answer: (before) => (input['ReturnValues'] === 'ALL_OLD' && before ? { Attributes: { ...before } } : {}),
    }
  }

  #delete(input: Fields): Write {
    const key = keyOf(input['Key'] as Fields)
    const { check } = readCondition(input, [])
    holdReturn(input, ['NONE', 'ALL_OLD'])
    return {
      ...key,
      next: (before) => {
        check(before)
        return undefined
      },
      answer: (before) => (input['ReturnValues'] === 'ALL_OLD' && before ? { Attributes: { ...before } } : {}),
    }
  }

  #update(input: Fields): Write {
    const key = keyOf(input['Key'] as Fields)
    const parsed = input['UpdateExpression'] === undefined ? undefined : update(String(input['UpdateExpression']))
    const { bound, check } = readCondition(input, parsed ? [parsed] : [])
    const actions = parsed?.tree ?? []
    disjoint(actions, bound)
    sensibleUpdate(actions, bound)
    const touched = actions.map(({ path }) => resolve(path, bound)[0])
    holdReturn(input, ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'])
    const only = (item: Item | undefined) =>
      Object.fromEntries(Object.entries(item ?? {}).filter(([name]) => touched.includes(name)))
    return {
      ...key,
      next: (before) => {
        check(before)
        for (const name of touched)
          if (name === schema.partitionKey || name === schema.sortKey)
            throw new Invalid(`Cannot update attribute ${name}. This attribute is part of the key`)
        const after = updated(actions, before ?? { pk: key.pk, sk: key.sk }, bound)
        holdIndexKeys(after)
        holdSize(after)
        return after
      },
      answer: (before, after) => {
        switch (input['ReturnValues']) {
          case 'ALL_OLD':
            return before ? { Attributes: { ...before } } : {}
          case 'ALL_NEW':
            return { Attributes: { ...after } }
          case 'UPDATED_OLD':
            return attributes(only(before))
          case 'UPDATED_NEW':
            return attributes(only(after))
          default:
            return {}
        }
      },
    }
  }

  #get(input: Fields, late: boolean): Record<string, unknown> {
    const { pk, sk } = keyOf(input['Key'] as Fields)
    const { bound, wanted } = readProjection(input)
    const item = this.#seen(pk, sk, late && !input['ConsistentRead'])
    return item ? { Item: wanted ? projected(item, wanted, bound) : { ...item } } : {}
  }

  #seen(pk: string, sk: string, late: boolean): Item | undefined {
    const before = late ? this.#before.get(lockName(pk, sk)) : undefined
    return before && before.until > this.#now() ? before.item : this.peek(pk, sk)
  }

  #batchGet(input: BatchGetCommandInput, late: boolean): Record<string, unknown> {
    const Responses: Record<string, Item[]> = {}
    for (const [name, { Keys = [], ConsistentRead }] of Object.entries(input.RequestItems ?? {})) {
      if (Keys.length === 0 || Keys.length > 100) throw new Invalid('Too many items requested for the BatchGetItem call')
      const keys = Keys.map((key) => keyOf(key))
      if (new Set(keys.map(({ pk, sk }) => lockName(pk, sk))).size < keys.length)
        throw new Invalid('Provided list of item keys contains duplicates')
      Responses[name] = keys.flatMap(({ pk, sk }) => {
        const item = this.#seen(pk, sk, late && !ConsistentRead)
        return item ? [{ ...item }] : []
      })
    }
    return { Responses, UnprocessedKeys: {} }
  }

  #query(input: QueryCommandInput): Record<string, unknown> {
    const {
      KeyConditionExpression,
      FilterExpression,
      IndexName,
      Limit,
      ScanIndexForward: forward = true,
      ExclusiveStartKey,
    } = input
    if (KeyConditionExpression === undefined)
      throw new Invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.')
    if (Limit !== undefined && (!Number.isInteger(Limit) || Limit < 1))
      throw new Invalid('Value at limit failed to satisfy constraint: Member must have value greater than or equal to 1')
    const index = indexOf(IndexName)
    if (index && input.ConsistentRead) throw new Invalid('Consistent reads are not supported on global secondary indexes')
    const keyCondition = condition(KeyConditionExpression)
    const filter = FilterExpression === undefined ? undefined : condition(FilterExpression)
    const bound = readBound(input, filter ? [keyCondition, filter] : [keyCondition])
    const names = index
      ? { hash: schema.indexes[index].partitionKey, range: schema.indexes[index].sortKey }
      : { hash: schema.partitionKey, range: schema.sortKey }
    const { hash, range } = readKeyCondition(keyCondition.tree, names, bound)
    sensible(keyCondition.tree, bound)
    if (filter) {
      sensible(filter.tree, bound)
      const carried: readonly string[] | undefined = index && [
        'pk',
        'sk',
        names.hash,
        names.range,
        ...schema.indexes[index].carries,
      ]
      for (const name of namesIn(filter.tree, bound)) {
        if (name === names.hash || name === names.range)
          throw new Invalid('Filter Expression can only contain non-primary key attributes')
        if (carried && !carried.includes(name))
          throw new Invalid(`Secondary index ${index} does not project one or more filter attributes: [${name}]`)
      }
    }

    const found = index ? this.indexes.list(index, hash) : [...(this.#items.get(hash)?.values() ?? [])]
    const place = (item: Item): readonly [string, string, string] => [
      String(item[names.range]),
      String(item[schema.partitionKey]),
      String(item[schema.sortKey]),
    ]
    const sorted = found
      .filter((item) => range === undefined || holds(range, item, bound))
      .map((item) => ({ item, at: place(item) }))
      .sort((a, b) => compareParts(a.at, b.at) * (forward ? 1 : -1))
    let from = 0
    if (ExclusiveStartKey) {
      const after = place(startKey(ExclusiveStartKey, names, index !== undefined, hash, range, bound))
      const first = sorted.findIndex(({ at }) => compareParts(at, after) * (forward ? 1 : -1) > 0)
      from = first === -1 ? sorted.length : first
    }
    const page = sorted.slice(from, Limit === undefined ? undefined : from + Limit).map(({ item }) => item)
    const last = page.at(-1)
    const more = Limit !== undefined && page.length === Limit && last !== undefined
    const kept = filter ? page.filter((item) => holds(filter.tree, item, bound)) : page
    return {
      Items: kept.map((item) => ({ ...item })),
      Count: kept.length,
      ScannedCount: page.length,
      ...(more ? { LastEvaluatedKey: partOf(last, index ? ['pk', 'sk', names.hash, names.range] : ['pk', 'sk']) } : {}),
    }
  }
}

/** How far a read that is not consistent may lag behind. */
const longestLateMilliseconds = 2_000

const inWords = (legs: readonly object[]): string =>
  JSON.stringify(legs, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
const lockName = (pk: string, sk: string): string => `${pk}\u0000${sk}`
const attributes = (item: Item): Record<string, unknown> => (Object.keys(item).length > 0 ? { Attributes: item } : {})

function keyOf(given: Fields | undefined, whole = false): { readonly pk: string; readonly sk: string } {
  const { pk, sk } = given ?? {}
  if (!whole)
    for (const name in given)
      if (name !== 'pk' && name !== 'sk' && given[name] !== undefined)
        throw new Invalid('The provided key element does not match the schema')
  if (typeof pk !== 'string' || typeof sk !== 'string') throw new Invalid('The provided key element does not match the schema')
  if (pk === '' || sk === '')
    throw new Invalid(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value.',
    )
  if (isLonger(pk, 2048) || isLonger(sk, 1024))
    throw new Invalid('One or more parameter values were invalid: Size of key is too large')
  return { pk, sk }
}

const isLonger = (text: string, bytes: number): boolean => text.length * 3 > bytes && Buffer.byteLength(text) > bytes

const indexKeys = Object.values(schema.indexes).flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])

/** A key of an index is a text that is not empty, or is not there at all. */
function holdIndexKeys(item: Item): void {
  for (const name of indexKeys) {
    const value = item[name]
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw new Invalid(`Type mismatch or empty value for Index Key ${name}`)
  }
}

function holdReturn(input: Fields, allowed: readonly string[]): void {
  const asked = input['ReturnValues']
  if (asked !== undefined && !allowed.includes(String(asked))) throw new Invalid('Return values set to invalid value')
}

interface Placeholders {
  readonly names: ReadonlySet<string>
  readonly values: ReadonlySet<string>
}

/** What the placeholders stand for: none may be missing, and none may be left over. */
function readBound(input: Fields, expressions: readonly Placeholders[]): Bound {
  const names = (input['ExpressionAttributeNames'] ?? {}) as Record<string, string>
  const given = input['ExpressionAttributeValues'] as Fields | undefined
  const values = acceptMap(given ?? {})
  if (expressions.length === 0 && !(isEmpty(names) && isEmpty(values)))
    throw new Invalid('ExpressionAttributeNames can only be specified when using expressions')
  if ((expressions.length > 0 && given && isEmpty(values)) || (input['ExpressionAttributeNames'] && isEmpty(names)))
    throw new Invalid('ExpressionAttributeValues must not be empty')
  holdPlaceholders('names', names, expressions)
  holdPlaceholders('values', values, expressions)
  return { names, values }
}

function isEmpty(fields: Fields): boolean {
  for (const _ in fields) return false
  return true
}

function holdPlaceholders(kind: keyof Placeholders, have: Fields, expressions: readonly Placeholders[]): void {
  for (const { [kind]: needed } of expressions)
    for (const name of needed)
      if (!(name in have)) throw new Invalid(`An expression attribute ${kind} used in expression is not defined; ${name}`)
  for (const name in have)
    if (!expressions.some(({ [kind]: needed }) => needed.has(name)))
      throw new Invalid(`Value provided in ExpressionAttribute${kind} unused in expressions: keys: {${name}}`)
}

function readCondition(
  input: Fields,
  others: readonly Placeholders[],
): { readonly bound: Bound; readonly check: (item: Item | undefined) => undefined } {
  const expected = input['ConditionExpression'] === undefined ? undefined : condition(String(input['ConditionExpression']))
  const bound = readBound(input, expected ? [...others, expected] : others)
  if (expected) sensible(expected.tree, bound)
  return {
    bound,
    check: (item) => {
      if (expected && !holds(expected.tree, item ?? {}, bound)) throw conditionFailed()
      return undefined
    },
  }
}

function readProjection(input: Fields) {
  const wanted = input['ProjectionExpression'] === undefined ? undefined : projection(String(input['ProjectionExpression']))
  return { bound: readBound(input, wanted ? [wanted] : []), wanted: wanted?.tree }
}

function indexOf(name: string | undefined): IndexName | undefined {
  if (name === undefined) return undefined
  const known = Object.keys(schema.indexes).find((index): index is IndexName => index === name)
  if (known === undefined) throw new Invalid(`The table does not have the specified index: ${name}`)
  return known
}

/** One value of the partition key, and at most one condition on the sort key. */
function readKeyCondition(
  tree: Condition,
  names: { hash: string; range: string },
  bound: Bound,
): { readonly hash: string; readonly range: Condition | undefined } {
  const parts = tree.kind === 'and' ? tree.all : [tree]
  const on = (part: Condition): string | undefined => {
    const what = part.kind === 'compare' ? part.left : part.kind === 'between' || part.kind === 'call' ? part.what : undefined
    return what?.kind === 'path' ? String(resolve(what.path, bound)[0]) : undefined
  }
  const [first, ...more] = parts.filter((part) => on(part) === names.hash)
  const ranges = parts.filter((part) => on(part) === names.range)
  if (!first || more.length > 0 || ranges.length > 1 || parts.length !== 1 + ranges.length)
    throw new Invalid('Query condition missed key schema element')
  if (first.kind !== 'compare' || first.by !== '=' || first.right.kind !== 'value')
    throw new Invalid('Query key condition not supported')
  const [range] = ranges
  if (range?.kind === 'compare' && range.by === '<>')
    throw new Invalid('Unsupported operator in KeyConditionExpression: operator: <>')
  if (range?.kind === 'call' && range.name !== 'begins_with') throw new Invalid('Invalid operator used in KeyConditionExpression')
  const literals = [first.right, ...(range ? operandsOf(range) : [])]
  for (const one of literals) {
    const value = one.kind === 'value' ? bound.values[one.name] : undefined
    if (typeof value !== 'string')
      throw new Invalid('One or more parameter values were invalid: Condition parameter type does not match schema type')
    if (value === '')
      throw new Invalid(
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value.',
      )
  }
  return { hash: String(bound.values[first.right.name]), range }
}

const operandsOf = (part: Condition) =>
  part.kind === 'compare' ? [part.right] : part.kind === 'between' ? [part.low, part.high] : part.kind === 'call' ? [part.by] : []

function namesIn(tree: Condition, bound: Bound): string[] {
  switch (tree.kind) {
    case 'and':
    case 'or':
      return tree.all.flatMap((one) => namesIn(one, bound))
    case 'not':
      return namesIn(tree.of, bound)
    case 'exists':
      return [String(resolve(tree.path, bound)[0])]
    default: {
      const operands =
        tree.kind === 'compare'
          ? [tree.left, tree.right]
          : tree.kind === 'between'
            ? [tree.what, tree.low, tree.high]
            : tree.kind === 'in'
              ? [tree.what, ...tree.list]
              : [tree.what, tree.by]
      return operands.flatMap((one) => (one.kind === 'value' ? [] : [String(resolve(one.path, bound)[0])]))
    }
  }
}

function startKey(
  given: Fields,
  names: { hash: string; range: string },
  onIndex: boolean,
  hash: string,
  range: Condition | undefined,
  bound: Bound,
): Item {
  const key = acceptMap(given)
  const expected = new Set(onIndex ? ['pk', 'sk', names.hash, names.range] : ['pk', 'sk'])
  const fits =
    Object.keys(key).length === expected.size && [...expected].every((name) => typeof key[name] === 'string' && key[name] !== '')
  if (!fits) throw new Invalid('The provided starting key is invalid')
  if (key[names.hash] !== hash || (range && !holds(range, key, bound)))
    throw new Invalid('The provided starting key is outside query boundaries based on provided conditions')
  return key
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length; index++) {
    const sign = compareTexts(a[index] ?? '', b[index] ?? '')
    if (sign !== 0) return sign
  }
  return 0
}
