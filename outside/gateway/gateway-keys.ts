import {
  APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeysCommand,
} from '@aws-sdk/client-api-gateway'
import type { KeyHash, KeyId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'

let client: APIGatewayClient | undefined
const gateway = (): APIGatewayClient => {
  client ??= new APIGatewayClient({})
  return client
}

interface KeepGatewayKeys {
  /** Makes the gateway meter this key. It is told the hash alone. Doing it again changes nothing. */
  create(hash: KeyHash, name: KeyId): Promise<void>
  /** The gateway forgets the key. Doing it again changes nothing. */
  remove(name: KeyId): Promise<void>
}

export const keepGatewayKeys = {
  allow: [{ on: 'gateway-keys' }],
  open: () => ({
    async create(hash, name) {
      const id = (await idOf(name)) ?? (await gateway().send(new CreateApiKeyCommand({ name, value: hash, enabled: true }))).id
      try {
        await gateway().send(
          new CreateUsagePlanKeyCommand({ usagePlanId: process.env['USAGE_PLAN_ID'], keyId: id, keyType: 'API_KEY' }),
        )
      } catch (error) {
        if (!(error instanceof ConflictException)) throw error
      }
    },
    async remove(name) {
      const id = await idOf(name)
      if (id !== undefined) await gateway().send(new DeleteApiKeyCommand({ apiKey: id }))
    },
  }),
} satisfies Need<KeepGatewayKeys>

async function idOf(name: KeyId): Promise<string | undefined> {
  const { items = [] } = await gateway().send(new GetApiKeysCommand({ nameQuery: name, includeValues: false }))
  return items.find((key) => key.name === name)?.id
}
