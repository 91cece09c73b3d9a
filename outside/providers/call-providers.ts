import type { Need } from '../../core/need.ts'
import { type Outgoing, writeForm } from '../../core/protocol/outgoing.ts'
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
      return post(providerUrl(url, exempt()), writeForm(apiKey, outgoing), bounds[outgoing.action])
    },
    checkUrl(url) {
      providerUrl(url, exempt())
    },
  }),
} satisfies Need<CallProviders>

/** Only on a developer's machine, where the sandbox provider has no certificate. */
const exempt = (): string | undefined => process.env['SANDBOX_PROVIDER_URL']
