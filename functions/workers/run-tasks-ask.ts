import type { Opened } from '../../core/need.ts'
import type { Outgoing } from '../../core/protocol/outgoing.ts'
import { readServices, type ServicesReply } from '../../core/protocol/provider-services.ts'
import { type BalanceReply, type Failure, readBalance } from '../../core/protocol/replies.ts'
import type { Finding } from '../../core/providers/balance.ts'
import type { Provider } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import type { Outcome } from '../../outside/providers/exchange.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'

/** What it takes to ask a provider something. */
export const asking = { vault: openKeys, outside: callProviders }

/** What a question showed, how long the answer took, and the answer where there is a good one. */
export interface Heard<Reply> {
  readonly finding: Finding
  readonly milliseconds: number
  readonly reply: Reply | undefined
}

export const askBalance = (
  provider: Provider,
  uses: Opened<typeof asking>,
): Promise<Heard<Extract<BalanceReply, { kind: 'ok' }>>> => ask(provider, { action: 'balance' }, readBalance, uses)

export const askServices = (
  provider: Provider,
  uses: Opened<typeof asking>,
): Promise<Heard<Extract<ServicesReply, { kind: 'ok' }>>> => ask(provider, { action: 'services' }, readServices, uses)

async function ask<Reply extends { readonly kind: 'ok' }>(
  { url, key, providerId }: Provider,
  outgoing: Outgoing,
  read: (answer: Extract<Outcome, { kind: 'answer' }>) => Reply | Failure,
  { vault, outside }: Opened<typeof asking>,
): Promise<Heard<Reply>> {
  const line = { url, apiKey: await vault.open(key, providerId) }
  const began = performance.now()
  const outcome = await outside.call(line, outgoing)
  const milliseconds = Math.round(performance.now() - began)
  if (outcome.kind !== 'answer')
    return {
      finding: outcome.kind === 'no-answer' && outcome.tooLarge ? 'too-large' : 'unreachable',
      milliseconds,
      reply: undefined,
    }
  const reply = read(outcome)
  return isOk(reply)
    ? { finding: 'works', milliseconds, reply }
    : { finding: findingOf(reply.kind, outcome.status), milliseconds, reply: undefined }
}

const isOk = <Reply extends { readonly kind: 'ok' }>(reply: Reply | Failure): reply is Reply => reply.kind === 'ok'

/** A door that turns everybody away is not one behind which another language is spoken. */
const findingOf = (kind: Failure['kind'], status: number): Finding =>
  kind === 'key-refused' ? 'key-refused' : kind === 'retry' || status >= 500 ? 'unreachable' : 'not-the-protocol'
