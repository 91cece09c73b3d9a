/**
 * The one table and its indexes, as plain data: CDK and the emulator build the same table from this. Indexes project
 * nothing personal, because IAM's partition-key boundary is documented for the table alone.
 */
export const schema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  indexes: {
    /**
     * Every order by the day it was accepted, in shards: the sweeper, staff's list of a day, and what is not filed yet by its
     * link. Never moves.
     */
    accepted: { partitionKey: 'acceptedOn', sortKey: 'acceptedAt', carries: ['linkKey'] },
    /** Orders that somebody still has to ask about, by list. An order enters once and leaves once. */
    open: { partitionKey: 'openOn', sortKey: 'acceptedAt', carries: ['providerOrderId', 'heard'] },
  },
} as const

/** The access log's own table: what expires must not linger in recovery copies, nor share the money's stream. */
export const logSchema = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' } as const
