import type { Opened } from '../../core/need.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import type { Outgoing } from '../../core/protocol/outgoing.ts'
import { readServices, type ServicesReply } from '../../core/protocol/provider-services.ts'
import { type BalanceReply, type Failure, readBalance } from '../../core/protocol/replies.ts'
import type { Finding } from '../../core/providers/balance.ts'
import { providerLines } from '../../data/provider-lines.ts'
import type { Provider } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { inTurn } from '../kit/provider-calls.ts'
import type { Clock } from '../kit/worker.ts'

/** What it takes to ask a provider something. */
export const asking = { lines: providerLines, vault: openKeys, outside: callProviders }

/** What a question showed, how long the answer took, and the answer where there is a good one. */
export interface Heard<Reply> {
  readonly finding: Finding
  readonly milliseconds: number
  readonly reply: Reply | undefined
}

export const askBalance = (
  provider: Provider,
  uses: Opened<typeof asking>,
  clock: Clock,
): Promise<Heard<Extract<BalanceReply, { kind: 'ok' }>>> => ask(provider, { action: 'balance' }, readBalance, uses, clock)

export const askServices = (
  provider: Provider,
  uses: Opened<typeof asking>,
  clock: Clock,
): Promise<Heard<Extract<ServicesReply, { kind: 'ok' }>>> => ask(provider, { action: 'services' }, readServices, uses, clock)

/** How long a question waits for its turn: somebody of the staff may be waiting for the answer, and nothing else does. */
const patienceSeconds = 60

async function ask<Reply extends { readonly kind: 'ok' }>(
  provider: Provider,
  outgoing: Outgoing,
  read: (answer: Extract<Outcome, { kind: 'answer' }>) => Reply | Failure,
  uses: Opened<typeof asking>,
  clock: Clock,
): Promise<Heard<Reply>> {
  let milliseconds = 0
  const asked = await inTurn(provider, outgoing.action, uses, { patienceSeconds, clock }, async (open) => {
    const line = await open()
    const began = performance.now()
    const outcome = await line.call(outgoing)
    milliseconds = Math.round(performance.now() - began)
    return outcome
  })
  if (!('done' in asked)) return { finding: asked.noTurn === 'failing' ? 'unreachable' : 'busy', milliseconds, reply: undefined }
  const outcome = asked.done
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
