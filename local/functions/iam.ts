import type { Grant, TableAction } from '../../core/need.ts'

/** A single thing a function does to the table, in IAM's terms. */
export interface Deed {
  readonly action: TableAction
  readonly index?: string | undefined
  /** The partition key it is done to. */
  readonly key: string
  readonly inTransaction: boolean
}

/** Whether what a function declares allows a deed: what IAM would say from the same grants. */
export function allows(grants: readonly Grant[], deed: Deed): boolean {
  return grants.some((grant) => {
    if (deed.index !== undefined) return grant.on === 'index' && grant.index === deed.index && deed.action === 'Query'
    if (grant.on !== 'table' || !grant.actions.includes(deed.action)) return false
    if (grant.onlyIn === 'TransactWriteItems' && !deed.inTransaction) return false
    return grant.keys.some((pattern) => (pattern.endsWith('*') ? deed.key.startsWith(pattern.slice(0, -1)) : deed.key === pattern))
  })
}

type Record_ = Readonly<Record<string, unknown>>
const asRecord = (value: unknown): Record_ => (typeof value === 'object' && value !== null ? (value as Record_) : {})
const pkOf = (key: unknown): string => String(asRecord(key)['pk'])

/** What a command of the document client does, one deed an item. */
export function deedsOf(command: string, input: Record_): Deed[] {
  const one = (action: TableAction, key: string, inTransaction = false, index?: string): Deed => ({
    action,
    key,
    inTransaction,
    index,
  })
  switch (command) {
    case 'GetItemCommand':
      return [one('GetItem', pkOf(input['Key']))]
    case 'PutItemCommand':
      return [one('PutItem', pkOf(input['Item']))]
    case 'UpdateItemCommand':
      return [one('UpdateItem', pkOf(input['Key']))]
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
        return Array.isArray(keys) ? keys.map((key) => one('BatchGetItem', pkOf(key))) : []
      })
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
