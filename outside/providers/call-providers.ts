import type { Need } from '../../core/need.ts'
import { type Outgoing, writeForm } from '../../core/protocol/outgoing.ts'
import { Refusal } from '../../core/refusals.ts'
import { providerUrl } from './address.ts'
import { type Bounds, type Outcome, post } from './exchange.ts'

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

const bounds: Readonly<Record<Outgoing['action'], Bounds>> = {
  add: { totalMilliseconds: 25_000, answerBytes: 256 * 1024 },
  status: { totalMilliseconds: 25_000, answerBytes: 1024 * 1024 },
  services: { totalMilliseconds: 60_000, answerBytes: 20 * 1024 * 1024 },
  balance: { totalMilliseconds: 15_000, answerBytes: 64 * 1024 },
}

export const callProviders = {
  allow: [{ on: 'providers' }],
  open: () => ({
    async call({ url, apiKey }, outgoing) {
      const form = writeForm(apiKey, outgoing)
      const address = stillAllowed(url)
      return address ? post(address, form, bounds[outgoing.action]) : { kind: 'not-sent', why: 'its address may not be called' }
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
