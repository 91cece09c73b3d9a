import '@aws-sdk/signature-v4a'
import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  PutKeyCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore'
import type { Need } from '../../core/need.ts'

let client: CloudFrontKeyValueStoreClient | undefined

interface StoreEdgeSecret {
  /** From now on the edge puts this secret on every request it passes on. Takes some seconds to reach every place. */
  store(secret: string): Promise<void>
}

/** The key under which the edge's functions look the secret up. */
const name = 'origin-secret'

/** The one place where the edge secret lies in the clear: the edge's own key-value store, which only its functions read. */
export const storeEdgeSecret = {
  allow: [{ on: 'edge-secret' }],
  open: () => ({
    async store(secret) {
      client ??= new CloudFrontKeyValueStoreClient({})
      const KvsARN = process.env['EDGE_STORE_ARN']
      const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }))
      await client.send(new PutKeyCommand({ KvsARN, Key: name, Value: secret, IfMatch: ETag }))
    },
  }),
} satisfies Need<StoreEdgeSecret>
