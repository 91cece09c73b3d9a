import type { Grant, TableAction } from '../../core/need.ts'

/** A single thing a function does to the table, in IAM's terms. */
export interface Deed {
  readonly action: TableAction
  readonly index?: string | undefined
  /** The partition keys it is done to: more than one for a batch, all of which one grant must cover. */
  readonly keys: readonly string[]
  readonly inTransaction: boolean
  /** What an update names; undefined for whatever else. */
  readonly attributes?: readonly string[] | undefined
}

/** Whether what a function declares allows a deed: what IAM would say from the same grants. */
export function allows(grants: readonly Grant[], deed: Deed, on: 'table' | 'log-table' = 'table'): boolean {
  return grants.some((grant) => {
    if (deed.index !== undefined) return grant.on === 'index' && grant.index === deed.index && deed.action === 'Query'
    if (grant.on !== on || !grant.actions.includes(deed.action)) return false
    if (grant.onlyIn === 'TransactWriteItems' && !deed.inTransaction) return false
    if (grant.onlyAttributes && !deed.attributes?.every((name) => grant.onlyAttributes?.includes(name))) return false
    return deed.keys.every((key) => grant.keys.some((pattern) => matches(pattern, key)))
  })
}

const matches = (pattern: string, key: string): boolean =>
  pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern

type Record_ = Readonly<Record<string, unknown>>
const asRecord = (value: unknown): Record_ => (typeof value === 'object' && value !== null ? (value as Record_) : {})
const pkOf = (key: unknown): string => String(asRecord(key)['pk'])

const keywords =
  /^(SET|REMOVE|ADD|AND|OR|NOT|IN|BETWEEN|attribute_exists|attribute_not_exists|begins_with|contains|if_not_exists|size)$/i

/** Every attribute that an update's expressions name, by a placeholder or not. */
function attributesOf(input: Record_): string[] {
  const named = Object.values(asRecord(input['ExpressionAttributeNames'])).map(String)
  const texts = [input['UpdateExpression'], input['ConditionExpression']].map((text) => String(text ?? ''))
  const bare = texts.flatMap((text) => text.match(/(?<![#:\w])[A-Za-z]\w*/g) ?? []).filter((word) => !keywords.test(word))
  return [...new Set([...Object.keys(asRecord(input['Key'])), ...named, ...bare])]
}

/** What a command of the document client does: one deed an item, and one a batch. */
export function deedsOf(command: string, input: Record_): Deed[] {
  const one = (action: TableAction, key: string, inTransaction = false, index?: string): Deed => ({
    action,
    keys: [key],
    inTransaction,
    index,
  })
  switch (command) {
    case 'GetItemCommand':
      return [one('GetItem', pkOf(input['Key']))]
    case 'PutItemCommand':
      return [one('PutItem', pkOf(input['Item']))]
    case 'UpdateItemCommand':
      return [{ ...one('UpdateItem', pkOf(input['Key'])), attributes: attributesOf(input) }]
    case 'DeleteItemCommand':
      return [one('DeleteItem', pkOf(input['Key']))]
    case 'QueryCommand': {
      const [, variable = ''] = /=\s*(:\w+)/.exec(String(input['KeyConditionExpression'])) ?? []
      const index = input['IndexName']
      return [
        one(
          'Query',
          String(asRecord(input['ExpressionAttributeValues'])[variable]),
          false,
          index === undefined ? undefined : String(index),
        ),
      ]
    }
    case 'BatchGetItemCommand':
      return Object.values(asRecord(input['RequestItems'])).flatMap((wish) => {
        const keys = asRecord(wish)['Keys']
        return Array.isArray(keys) ? { action: 'BatchGetItem', keys: keys.map(pkOf), inTransaction: false } : []
      })
    case 'BatchWriteItemCommand':
      return Object.values(asRecord(input['RequestItems'])).flatMap((wishes) =>
        Array.isArray(wishes)
          ? [
              {
                action: 'BatchWriteItem',
                keys: wishes.map((wish) =>
                  pkOf(asRecord(asRecord(wish)['PutRequest'])['Item'] ?? asRecord(asRecord(wish)['DeleteRequest'])['Key']),
                ),
                inTransaction: false,
              } as const,
            ]
          : [],
      )
    case 'TransactWriteItemsCommand': {
      const legs = input['TransactItems']
      return (Array.isArray(legs) ? legs : []).flatMap((leg) =>
        Object.entries(asRecord(leg)).map(([kind, what]) => {
          const action = (
            { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem' } as const
          )[kind]
          return one(action ?? 'PutItem', pkOf(kind === 'Put' ? asRecord(what)['Item'] : asRecord(what)['Key']), true)
        }),
      )
    }
    default:
      throw new Error(`${command} is not a command any grant speaks of`)
  }
}
