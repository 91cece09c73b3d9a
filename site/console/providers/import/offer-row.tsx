import { Checkbox } from '@mantine/core'
import { useId } from 'react'
import { Amount } from '../../../shared/amount.tsx'
import { count } from '../../../shared/amounts.ts'
import type { ListedRow } from './choice.ts'
import { canBeChosen } from './choice.ts'
import { type MarkUp, priceOf } from './mark-up.ts'
import type { OfferedRow } from './use-offer.ts'

interface OfferRowProps {
  readonly listed: ListedRow
  readonly chosen: boolean
  readonly choose: (id: string) => void
  readonly markUp: MarkUp | undefined
  readonly currency: string
}

const differences = { cost: 'cost', bounds: 'bounds', name: 'name', type: 'type', offers: 'refill or cancel' } as const

/** A row of a provider's catalogue, and what it is to us. */
export function OfferRow({ listed, chosen, choose, markUp, currency }: OfferRowProps) {
  const id = useId()
  if (listed.kind === 'broken')
    return (
      <div className="offer-row" data-broken>
        <span className="offer-id faint tabular">{listed.row.row}</span>
        <div className="offer-name">
          <p className="one-line">{listed.row.name || 'Without a name'}</p>
          <p className="soft small one-line">Left out: {listed.row.why}</p>
        </div>
      </div>
    )
  const { row } = listed
  const price = markUp && priceOf(row.cost, markUp)
  return (
    <label className="offer-row" data-chosen={chosen} htmlFor={id}>
      <Checkbox
        id={id}
        checked={chosen}
        disabled={!canBeChosen(row)}
        onChange={() => choose(row.id)}
        aria-label={`Choose ${row.name}`}
      />
      <div className="offer-name">
        <p className="one-line">
          <span className="faint tabular">{row.id}</span> {row.name}
        </p>
        <p className="soft small one-line">{facts(row)}</p>
      </div>
      <div className="offer-price">
        <span className="faint small">
          costs <Amount of={row.cost} />
        </span>
        <span>
          {row.ours?.rateByHand ? (
            <>
              stays <Amount of={row.ours.rate} currency={currency} />
            </>
          ) : price === undefined ? (
            '…'
          ) : (
            <Amount of={price} currency={currency} />
          )}
        </span>
      </div>
    </label>
  )
}

function facts(row: OfferedRow): string {
  if (row.reviews) return 'Left out: it sells reviews, which this panel does not'
  return [
    ...(row.ours
      ? [
          `Ours ${row.ours.serviceId} at ${Number(row.ours.rate)}${row.ours.paused ? ', paused' : row.ours.enabled ? '' : ', disabled'}`,
          row.ours.differs.length > 0 ? `changed: ${row.ours.differs.map((what) => differences[what]).join(', ')}` : 'as before',
        ]
      : ['New']),
    row.type ?? `type “${row.typeSaid ?? ''}”`,
    `${count(row.min)}–${count(row.max)}`,
  ].join(' · ')
}
