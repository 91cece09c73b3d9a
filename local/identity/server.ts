import type { Server } from 'node:http'
import { listen, readBody, send } from '../http.ts'
import type { Vault } from '../vault.ts'
import { CognitoError, operations, type Service } from './operations.ts'

/** Cognito's wire protocol, the key service's, and the pools' public keys, on one port. */
export function startIdentity(port: number, service: Service, vault: Vault): Promise<Server> {
  return listen(port, async (request, response) => {
    if (request.url?.endsWith('/.well-known/jwks.json')) {
      send(response, 200, { keys: [service.key.publicJwk] })
      return
    }
    const [target, name = ''] = String(request.headers['x-amz-target'] ?? '').split('.')
    const input = JSON.parse(String(await readBody(request)) || '{}')
    try {
      send(response, 200, await answer(target, name, input, service, vault), { 'content-type': 'application/x-amz-json-1.1' })
    } catch (error) {
      const type = error instanceof CognitoError ? error.type : 'InvalidCiphertextException'
      if (!(error instanceof CognitoError) && target !== 'TrentService') throw error
      send(
        response,
        400,
        { __type: type, message: error instanceof Error ? error.message : '' },
        { 'content-type': 'application/x-amz-json-1.1' },
      )
    }
  })
}

async function answer(
  target: string | undefined,
  name: string,
  input: Record<string, unknown>,
  service: Service,
  vault: Vault,
): Promise<unknown> {
  if (target === 'TrentService' && name === 'GenerateDataKey') return vault.generateDataKey(input)
  if (target === 'TrentService' && name === 'Decrypt') return vault.decrypt(input)
  const operation = operations[name]
  if (target !== 'AWSCognitoIdentityProviderService' || !operation)
    throw new CognitoError('UnknownOperationException', `${target}.${name}`)
  return operation(service, input)
}
