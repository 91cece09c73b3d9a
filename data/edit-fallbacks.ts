import type { Fallback, Service } from '../core/catalogue/service.ts'
import type { ServiceId } from '../core/ids.ts'
import { formatMoney } from '../core/money.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { stillThere } from './providers.ts'
import { getService, replacing } from './services.ts'
import type { NamedLeg } from './transact.ts'

interface EditFallbacks {
  /** All of a service's fallbacks, in this order, if the service is at this revision. */
  set(id: ServiceId, revision: number, fallbacks: readonly Fallback[], audit: AuditRecord, at: Date): Promise<Service>
}

export const editFallbacks = {
  allow: [
    ...mayAudit,
    { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] },
    { on: 'table', actions: ['PutItem'], keys: ['CATALOGUE'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async set(id, revision, fallbacks, audit, at) {
      const seen = await getService(id)
      if (!seen) throw new Refusal('service-not-found')
      if (seen.revision !== revision) throw new Refusal('changed-meanwhile')
      const bought = [seen.source, ...fallbacks].map(inShort)
      if (new Set(bought).size < bought.length) throw new Refusal('already-exists')
      const reasons = [
        ...(fallbacks.some(({ quoted }) => quoted <= 0n) ? ['rate-not-a-price'] : []),
        ...(fallbacks.some(({ min, max }) => min > max) ? ['bounds-crossed'] : []),
      ]
      if (reasons.length > 0) throw new Refusal('change-refused', { reasons })
      if (JSON.stringify(fallbacks.map(asText)) === JSON.stringify(seen.fallbacks.map(asText))) return seen
      const next = { ...seen, fallbacks }
      // Those that were there before may stay while their provider is being deleted.
      const added = fallbacks.filter((one) => !seen.fallbacks.some(({ providerId }) => providerId === one.providerId))
      const providers = [...new Set(added.map(({ providerId }) => providerId))]
      const refused = await transactAudited(
        { ...audit, before: { fallbacks: listed(seen.fallbacks) }, after: { fallbacks: listed(fallbacks) } },
        at,
        Object.fromEntries<NamedLeg>([
          ...providers.map((provider): [string, NamedLeg] => [`provider ${provider}`, stillThere(provider)]),
          ['service', { Put: replacing(seen, next) }],
        ]),
      )
      if (refused === 'service') throw new Refusal('changed-meanwhile')
      if (refused !== undefined) throw new Refusal('provider-not-found')
      return { ...next, revision: seen.revision + 1 }
    },
  }),
} satisfies Need<EditFallbacks>

const inShort = ({ providerId, providerServiceId }: Pick<Fallback, 'providerId' | 'providerServiceId'>): string =>
  `${providerId} ${providerServiceId}`
const asText = (fallback: Fallback) => [inShort(fallback), fallback.name, String(fallback.quoted), fallback.min, fallback.max]

const listed = (fallbacks: readonly Fallback[]): string =>
  fallbacks.map((one) => `${inShort(one)} at ${formatMoney(one.quoted)}, ${one.min} to ${one.max}`).join('; ') || 'none'
