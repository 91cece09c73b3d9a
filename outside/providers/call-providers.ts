import type { Need } from '../../core/need.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import { type Outgoing, writeForm } from '../../core/protocol/outgoing.ts'
import { callSeconds } from '../../core/providers/limits.ts'
import { Refusal } from '../../core/refusals.ts'
import { providerUrl } from './address.ts'
import { type Bounds, post } from './exchange.ts'

/** What is needed to speak to a provider: its address, and its key in the clear for the moment of the call. */
export interface Line {
  readonly url: string
  readonly apiKey: string
}

interface CallProviders {
  /** The one way out to a provider. Never throws for what the network or the provider does. */
  call(line: Line, outgoing: Outgoing): Promise<Outcome>
  /** Refuses an address that a provider may not have. */
  checkUrl(url: string): void
}

const answerBytes: Readonly<Record<Outgoing['action'], number>> = {
  add: 256 * 1024,
  status: 1024 * 1024,
  refill: 256 * 1024,
  refill_status: 1024 * 1024,
  cancel: 256 * 1024,
  services: 20 * 1024 * 1024,
  balance: 64 * 1024,
}
const boundsOf = (action: Outgoing['action']): Bounds => ({
  totalMilliseconds: callSeconds[action] * 1000,
  answerBytes: answerBytes[action],
})

export const callProviders = {
  allow: [{ on: 'providers' }],
  open: () => ({
    async call({ url, apiKey }, outgoing) {
      const form = writeForm(apiKey, outgoing)
      const address = stillAllowed(url)
      return address ? post(address, form, boundsOf(outgoing.action)) : { kind: 'not-sent', why: 'its address may not be called' }
    },
    checkUrl(url) {
      providerUrl(url, exempt())
    },
  }),
} satisfies Need<CallProviders>

/** Checked again at every call: what was allowed when it was typed need not be any more. */
function stillAllowed(url: string): URL | undefined {
  try {
    return providerUrl(url, exempt())
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Only on a developer's machine, where the sandbox provider has no certificate. */
const exempt = (): string | undefined => process.env['SANDBOX_PROVIDER_URL']
