import './page.css'
import '../../shared/link-button.css'
import { IconPackageOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { count } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { duration } from '../../shared/durations.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Notice } from '../../shared/notice.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import { useProviders } from '../orders/use-providers.ts'
import { originWords } from '../origin-words.ts'
import { Fallbacks } from './fallbacks.tsx'
import { outcomeRows } from './outcome-rows.tsx'
import { ServiceForm } from './service-form.tsx'
import { margin, SoldState } from './service-line.tsx'
import { useCategories } from './use-services.ts'
import { factWord, notSoldWords, patternWords, pauseWords } from './words.ts'

export type StaffService = Answer<'GET /api/admin/services/{serviceId}'>

/** One service: how it is sold, what it is bought as, and what keeps it from being sold. */
export function ServicePage({ serviceId }: { readonly serviceId: string }) {
  const query = useAnswer('GET /api/admin/services/{serviceId}', { path: { serviceId } })
  const may = useMay()
  const service = query.data
  useTitle(service?.name ?? 'Service', 'Console')
  if (query.error?.code === 'service-not-found')
    return <Nothing icon={IconPackageOff} title="There is no such service" action={<Link to="/services">All services</Link>} />
  if (query.error && !service)
    return <FailureNotice failure={query.error} title="The service could not be read" retry={() => void query.refetch()} />
  if (!service)
    return (
      <div className="card">
        <Bones rows={6} />
      </div>
    )
  return (
    <>
      <div className="page-head">
        <h1>
          <span className="faint tabular">{service.serviceId}</span> {service.name}
        </h1>
        <SoldState notSold={service.notSold} />
      </div>
      <div className="service-page">
        <div className="stack">
          <WhyNotSold service={service} />
          {may('admin.edit-service') ? <ServiceForm key={service.revision} service={service} /> : <Terms service={service} />}
        </div>
        <div className="stack">
          <div className="stack">
            <Bought service={service} />
            {service.providerId !== 'manual' && <Fallbacks key={service.revision} service={service} />}
          </div>
          <Measured service={service} />
        </div>
      </div>
    </>
  )
}

const advice: Readonly<Record<StaffService['notSold'][number], ReactNode>> = {
  disabled: 'Switch it on below.',
  paused: 'Settled on its provider’s page, with what was and what is.',
  'type-not-sold': 'This panel takes no orders of this type.',
  unattested: 'Say below where its effect comes from, if you know.',
  'below-cost': 'Every order would lose money: raise the rate, or wait until the provider lowers its own.',
  'sells-reviews': 'Its name, or the provider’s, says that it sells reviews. Paid reviews are false ones by law.',
}

function WhyNotSold({ service: { notSold, paused } }: { readonly service: StaffService }) {
  if (notSold.length === 0) return null
  return (
    <Notice tone="warn" title="Nobody can order it" live={false}>
      <ul className="stack-tight">
        {notSold.map((reason) => (
          <li key={reason}>
            {notSoldWords[reason]}
            {reason === 'paused' && paused && `: ${pauseWords[paused.because]}`}. {advice[reason]}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Bought({ service }: { readonly service: StaffService }) {
  const currency = useCurrency()
  const { byId } = useProviders()
  const { source, attested, byHand } = service
  const provider = byId.get(service.providerId)
  const offers = [source.refill && 'refill', source.cancel && 'cancel', source.dripFeed && 'drip-feed'].filter(Boolean)
  return (
    <section className="card service-card" aria-label="Bought as">
      <h2>Bought as</h2>
      <Facts
        rows={[
          [
            'Provider',
            provider ? (
              <Link key="provider" to="/providers/$providerId" params={{ providerId: provider.providerId }}>
                {provider.name}
              </Link>
            ) : service.providerId === 'manual' ? (
              'By hand: people of ours deliver it'
            ) : (
              'Gone'
            ),
          ],
          [
            'Its number',
            <span key="number" className="tabular">
              {service.providerServiceId}
            </span>,
          ],
          ['Its name', source.name],
          ['Its category', source.category || '–'],
          ['Cost', <Amount key="cost" of={service.cost} currency={currency} alone />],
          [
            'Margin',
            <span key="margin" className="tabular">
              {margin(service.rate, service.cost)}
            </span>,
          ],
          [
            'Its bounds',
            <span key="bounds" className="tabular">
              {count(source.min)} – {count(source.max)}
            </span>,
          ],
          ['It offers', offers.join(', ') || 'nothing besides'],
          [
            'Attested',
            attested ? (
              <span key="attested">
                <Moment at={attested.at} alone start /> <span className="faint tiny">by {attested.by.slice(0, 8)}</span>
              </span>
            ) : (
              'By nobody'
            ),
          ],
          ['Set by hand', byHand.length > 0 ? byHand.map(factWord).join(', ') : 'Nothing: imports keep it up to date'],
        ]}
      />
    </section>
  )
}

/** How its last orders went. */
function Measured({ service: { time, outcomes } }: { readonly service: StaffService }) {
  return (
    <section className="card service-card" aria-label="Measured">
      <h2>Measured</h2>
      {!time && !outcomes && <p className="soft">Fewer than five of its orders ended in the last thirty days.</p>}
      {(time || outcomes) && (
        <Facts
          rows={[
            [
              'Usually takes',
              time ? (
                <span key="time" className="tabular">
                  {duration(time.minutes)}{' '}
                  <span className="faint">
                    · middle of {count(time.orders)} orders, {count(time.quantity)} each
                  </span>
                </span>
              ) : (
                'Fewer than five were completed'
              ),
            ],
            ...outcomeRows(outcomes),
          ]}
        />
      )}
    </section>
  )
}

/** For those who may look and not change. */
function Terms({ service }: { readonly service: StaffService }) {
  const currency = useCurrency()
  const { nameOf } = useCategories()
  const yes = (value: boolean): string => (value ? 'Yes' : 'No')
  return (
    <section className="card service-card" aria-label="Sold as">
      <h2>Sold as</h2>
      <Facts
        rows={[
          ['Category', nameOf(service.categoryId)],
          ['Type', service.type],
          ['Rate', <Amount key="rate" of={service.rate} currency={currency} alone />],
          [
            'Bounds',
            <span key="bounds" className="tabular">
              {count(service.min)} – {count(service.max)}
            </span>,
          ],
          ['Kind of link', patternWords[service.linkPattern]],
          ['One order a link', yes(service.denyDuplicates)],
          ['Refill', service.refillDays > 0 ? `${service.refillDays} days` : 'No'],
          ['Cancel', yes(service.cancel)],
          ['Drip-feed', yes(service.dripFeed)],
          ['Origin', originWords[service.origin]],
          ['Description', service.description || '–'],
        ]}
      />
    </section>
  )
}
