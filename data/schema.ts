/**
 * The one table and its indexes, as plain data: CDK and the emulator build the same table from this. Indexes project
 * nothing personal, because IAM's partition-key boundary is documented for the table alone.
 */
export const schema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  indexes: {
    /** Every order by the day it was accepted, in shards: the sweeper, and staff's list of a day. Never moves. */
    accepted: { partitionKey: 'acceptedOn', sortKey: 'acceptedAt', carries: [] },
    /** Orders that somebody still has to ask about, by list. An order enters once and leaves once. */
    open: { partitionKey: 'openOn', sortKey: 'acceptedAt', carries: ['providerOrderId', 'heard'] },
    /** Orders by what their link leads to, as a hash. Never moves. */
    link: { partitionKey: 'linkKey', sortKey: 'acceptedAt', carries: [] },
    /** Orders by their number at their provider: from when it is heard, for good. */
    upstream: { partitionKey: 'upstreamKey', sortKey: 'acceptedAt', carries: [] },
  },
} as const

/** The access log's own table: what expires must not linger in recovery copies, nor share the money's stream. */
export const logSchema = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' } as const
