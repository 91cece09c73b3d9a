/** An answer that staff keep ready. */
export interface SavedReply {
  readonly replyId: string
  readonly title: string
  readonly text: string
  /** Counts its changes. */
  readonly revision: number
}

export const longestTitle = 60
/** So many can be kept. */
export const mostReplies = 200

/** What can stand in one, and what is put in its place. */
export interface ReplyFacts {
  readonly name: string
  readonly ticket: number
  readonly orders: readonly number[]
}

/** An answer as it goes to this customer, whose name whoever writes it need not know. Where a ticket names no order, nothing stands in its place. */
export const filledIn = (text: string, { name, ticket, orders }: ReplyFacts): string =>
  text
    .replaceAll('{name}', () => name)
    .replaceAll('{ticket}', () => String(ticket))
    .replaceAll('{order}', () => orders.join(', '))
