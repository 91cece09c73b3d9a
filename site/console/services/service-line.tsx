import '../../shared/state-badge.css'
import { Checkbox } from '@mantine/core'
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Amount } from '../../shared/amount.tsx'
import { count, toMicros } from '../../shared/amounts.ts'
import { duration } from '../../shared/durations.ts'
import { usePhone } from '../../shared/use-phone.ts'
import type { ServiceRow } from './use-services.ts'
import { notSoldWords } from './words.ts'

/** Fixed, because the list is windowed. On phones a service is a card of three lines. */
export const useServiceLineHeight = (): number => (usePhone() ? 104 : 56)

interface ServiceLineProps {
  readonly service: ServiceRow
  readonly provider: string
  readonly decimals: number
  /** Undefined for whoever may change nothing. */
  readonly mark: ((serviceId: number, chosen: boolean) => void) | undefined
  readonly chosen: boolean
}

/** A service as staff see it in the list: what it costs here and there, and what keeps it from being sold. */
export function ServiceLine({ service, provider, decimals, mark, chosen }: ServiceLineProps) {
  const { serviceId, name, rate, cost, min, max, providerServiceId, time } = service
  return (
    <div className="service-line" data-chosen={chosen} data-marked={mark !== undefined}>
      {mark && (
        <Checkbox
          className="service-line-check"
          aria-label={`Choose ${serviceId}, ${name}`}
          checked={chosen}
          onChange={(event) => mark(serviceId, event.currentTarget.checked)}
        />
      )}
      <span className="service-line-number tabular">{serviceId}</span>
      <Link to="/services/$serviceId" params={{ serviceId: String(serviceId) }} className="service-line-name" title={name}>
        {name}
      </Link>
      <span className="service-line-source one-line" title={`${provider} ${providerServiceId}`}>
        {provider} <span className="tabular">{providerServiceId}</span>
      </span>
      <span className="service-line-bounds tabular">
        {count(min)} – {count(max)}
        {time && <span className="service-line-time">{duration(time.minutes)}</span>}
      </span>
      <span className="service-line-cost">
        <span className="service-line-costs">costs </span>
        <Amount of={cost} decimals={decimals} />
      </span>
      <span className="service-line-rate">
        <Amount of={rate} decimals={decimals} />
        <span className="service-line-margin tabular">{margin(rate, cost)}</span>
      </span>
      <SoldState notSold={service.notSold} />
    </div>
  )
}

/** The heads of the columns, where the list is wide enough to have columns. */
export function ServiceLineHead({ currency, marked }: { readonly currency: string; readonly marked: boolean }) {
  return (
    <div className="service-line service-line-head" data-marked={marked} aria-hidden>
      {marked && <span />}
      <span>Number</span>
      <span>Service</span>
      <span>Provider</span>
      <span className="service-line-end">Bounds, usual time</span>
      <span className="service-line-end">Cost, {currency}</span>
      <span className="service-line-end">Rate, margin</span>
      <span>State</span>
    </div>
  )
}

/** Sold, or the first reason why not: a word and an icon. */
export function SoldState({ notSold }: Pick<ServiceRow, 'notSold'>) {
  const [first, ...others] = notSold
  if (first === undefined)
    return (
      <span className="state service-line-state" data-tone="good">
        <IconCircleCheck size={15} stroke={1.8} aria-hidden />
        Sold
      </span>
    )
  return (
    <span
      className="state service-line-state"
      data-tone={first === 'disabled' ? 'quiet' : 'warn'}
      title={notSold.map((reason) => notSoldWords[reason]).join(', ')}
    >
      <IconCircleOff size={15} stroke={1.8} aria-hidden />
      <span className="one-line">
        {notSoldWords[first]}
        {others.length > 0 && ` +${others.length}`}
      </span>
    </span>
  )
}

/** What is left of the price, in whole per cent of it. */
export function margin(rate: string, cost: string): string {
  const [price, paid] = [toMicros(rate), toMicros(cost)]
  return price === 0n ? '–' : `${((price - paid) * 100n) / price} %`.replace('-', '−')
}
