import './service-row.css'
import { IconCheck, IconClock } from '@tabler/icons-react'
import { Amount } from '../../shared/amount.tsx'
import { count } from '../../shared/amounts.ts'
import { duration } from '../../shared/durations.ts'
import { usePhone } from '../../shared/use-phone.ts'
import { About } from '../about.tsx'
import type { Service } from '../catalogue.ts'

/** A row's height in every list of services, in pixels: lists are windowed, so it is fixed. On phones a name has two lines. */
export const useServiceRowHeight = (): number => (usePhone() ? 82 : 62)

export const ofOnePackage = ({ charged }: Service): boolean => charged === 'one package'

/** What a rate is the rate of. */
export const unitOf = (service: Service): string => (ofOnePackage(service) ? 'one package' : 'per 1,000')

/** A service in a list: what it is called, what it costs, how much of it. */
export function ServiceRow({ service, decimals }: { readonly service: Service; readonly decimals: number }) {
  const { serviceId, name, rate, min, max, time } = service
  return (
    <div className="service-row">
      <span className="service-row-name" title={name}>
        {name}
      </span>
      <span className="service-row-rate">
        <Amount of={rate} decimals={decimals} />
        <span className="service-row-unit">
          {unitOf(service)}
          <About of={rate} />
        </span>
      </span>
      <span className="service-row-number tabular">{serviceId}</span>
      <span className="service-row-bounds tabular">
        {ofOnePackage(service) ? 'One at a time' : `${count(min)} – ${count(max)}`}
      </span>
      {time && (
        <span className="service-row-time tabular" title={usually(time)}>
          <IconClock size={13} stroke={1.8} aria-label="Usually takes" /> {duration(time.minutes)}
        </span>
      )}
      <ServiceMarks service={service} />
    </div>
  )
}

/** What a typical time says, whole. */
export const usually = ({ minutes, quantity, orders }: NonNullable<Service['time']>): string =>
  `Half of the last ${count(orders)} completed orders took no longer than ${duration(minutes)}, counted from being placed; half were for ${count(quantity)} or less`

/** The heads of the columns, where a list is wide enough to have columns. */
export function ServiceHead({ currency }: { readonly currency: string }) {
  return (
    <div className="service-head" aria-hidden>
      <span>Number</span>
      <span>Service</span>
      <span>Offers</span>
      <span>Usually takes</span>
      <span className="service-head-end">Smallest – largest</span>
      <span className="service-head-end">Rate, {currency}</span>
    </div>
  )
}

/** What the provider offers besides. */
export function ServiceMarks({ service: { refill, refillDays, cancel, dripFeed } }: { readonly service: Service }) {
  return (
    <span className="service-marks">
      {refill && (
        <span className="service-mark" title="The provider refills what is lost later">
          <IconCheck size={13} stroke={2} aria-hidden />
          Refill{refillDays > 0 && ` ${refillDays} d`}
        </span>
      )}
      {cancel && (
        <span className="service-mark" title="The provider can stop an order that is under way">
          <IconCheck size={13} stroke={2} aria-hidden />
          Cancel
        </span>
      )}
      {dripFeed && (
        <span className="service-mark" title="Can be spread over time, in several runs">
          <IconCheck size={13} stroke={2} aria-hidden />
          Drip-feed
        </span>
      )}
    </span>
  )
}
