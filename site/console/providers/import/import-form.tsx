import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Origin } from '../../../../core/catalogue/service.ts'
import type { ServiceType } from '../../../../core/catalogue/service-types.ts'
import { Amount } from '../../../shared/amount.tsx'
import { count, readAmount } from '../../../shared/amounts.ts'
import { useChange } from '../../../shared/answers.ts'
import { FailureNotice } from '../../../shared/failure-notice.tsx'
import { useCurrency } from '../../currency.ts'
import { origins, readOrigin } from '../../origin-words.ts'
import { asWish } from './choice.ts'
import { MapCategories, type Under } from './map-categories.tsx'
import { priceOf, readMarkUp, readPercent, type TypedMarkUp } from './mark-up.ts'
import type { Offer } from './use-offer.ts'

/** What this panel takes orders of. */
const soldTypes = ['Default', 'Package', 'Custom Comments', 'Custom Comments Package'] as const satisfies readonly ServiceType[]
type SoldType = (typeof soldTypes)[number]

interface ImportFormProps {
  readonly providerId: string
  readonly offer: Offer
  readonly chosen: ReadonlySet<string>
  readonly typed: TypedMarkUp
  readonly setTyped: (typed: TypedMarkUp) => void
}

/** What becomes of what is chosen: its price, its heading, its type, and where its effect comes from. */
export function ImportForm({ providerId, offer, chosen, typed, setTyped }: ImportFormProps) {
  const navigate = useNavigate()
  const currency = useCurrency()
  const [origin, setOrigin] = useState<Origin>('unattested')
  const [pauseGone, setPauseGone] = useState(true)
  const [memo, setMemo] = useState('')
  const [under, setUnder] = useState<Under>(new Map())
  const [types, setTypes] = useState<ReadonlyMap<string, SoldType>>(new Map())
  const [mapping, setMapping] = useState(false)
  const begin = useChange('POST /api/admin/providers/{providerId}/imports', ({ taskId }) =>
    navigate({ to: '/providers/$providerId/tasks/$taskId', params: { providerId, taskId } }),
  )
  const rows = useMemo(() => offer.rows.filter(({ id }) => chosen.has(id)), [offer, chosen])
  const headings = useMemo(() => [...new Set(rows.flatMap((row) => (row.ours ? [] : row.category)))].sort(), [rows])
  const unknown = useMemo(() => [...new Set(rows.flatMap(({ type, typeSaid }) => (type ? [] : (typeSaid ?? []))))].sort(), [rows])
  const markUp = readMarkUp(typed)
  const set = (part: Partial<TypedMarkUp>): void => setTyped({ ...typed, ...part })
  const submit = (): void => {
    if (!markUp) return
    begin.mutate({
      path: { providerId },
      body: {
        offerId: offer.offerId,
        ...asWish(offer, chosen),
        ...markUp,
        origin,
        pauseGone,
        ...(memo.trim() ? { memo } : {}),
        under: [...under].flatMap(([theirs, ours]) => (headings.includes(theirs) ? [{ theirs, ...ours }] : [])),
        types: [...types].flatMap(([theirs, type]) => (unknown.includes(theirs) ? [{ theirs, type }] : [])),
      },
    })
  }
  return (
    <section className="import-form stack" aria-label="Mark-up">
      <div className="import-fields">
        <TextInput
          label="Mark-up, per cent"
          inputMode="decimal"
          autoComplete="off"
          value={typed.percent}
          onChange={(event) => set({ percent: event.currentTarget.value })}
          error={readPercent(typed.percent) === undefined ? '0 to 1,000, two decimals at most.' : undefined}
        />
        <TextInput
          label={`Plus, ${currency} per 1,000`}
          inputMode="decimal"
          autoComplete="off"
          value={typed.fixed}
          onChange={(event) => set({ fixed: event.currentTarget.value })}
          error={readAmount(typed.fixed) === undefined ? 'An amount like 0.05.' : undefined}
        />
        <NativeSelect
          label="Rounded up to"
          value={typed.step}
          onChange={(event) => set({ step: event.currentTarget.value })}
          data={['0.0001', '0.001', '0.01', '0.05', '0.1', '0.5', '1']}
        />
        <NativeSelect
          label="Its effect comes from"
          value={origin}
          onChange={(event) => setOrigin(readOrigin(event.currentTarget.value))}
          data={[...origins]}
        />
      </div>
      {origin === 'unattested' && (
        <p className="faint small">
          What nobody attested is imported, and not sold unless the panel is set to. Attest only what you know of the provider.
        </p>
      )}
      {markUp && rows.length > 0 && (
        <div className="stack-tight">
          <h3>For example</h3>
          <ul className="import-examples">
            {rows.slice(0, 3).map((row) => (
              <li key={row.id}>
                <span className="one-line grow">{row.name}</span>
                <span className="faint">
                  <Amount of={row.cost} /> →
                </span>
                <Amount of={row.ours?.rateByHand ? row.ours.rate : priceOf(row.cost, markUp)} currency={currency} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {unknown.length > 0 && (
        <div className="stack-tight">
          <h3>Types nobody knows</h3>
          {unknown.map((said) => (
            <NativeSelect
              key={said}
              label={`“${said}” is`}
              value={types.get(said) ?? ''}
              onChange={({ currentTarget: { value } }) => {
                const type = soldTypes.find((one) => one === value)
                const next = new Map(types)
                if (type) next.set(said, type)
                else next.delete(said)
                setTypes(next)
              }}
              data={[{ value: '', label: 'Left out' }, ...soldTypes]}
            />
          ))}
        </div>
      )}
      {headings.length > 0 && (
        <div>
          <Button variant="default" onClick={() => setMapping(true)}>
            Categories · {count(headings.length)}
            {under.size > 0 && `, ${count(under.size)} elsewhere`}
          </Button>
        </div>
      )}
      {offer.counts.gone > 0 && (
        <Checkbox
          label={`Take ${count(offer.counts.gone)} out of sale that it no longer has`}
          checked={pauseGone}
          onChange={(event) => setPauseGone(event.currentTarget.checked)}
        />
      )}
      <TextInput
        label="Reason, for the record"
        placeholder="If there is something to say"
        autoComplete="off"
        maxLength={300}
        value={memo}
        onChange={(event) => setMemo(event.currentTarget.value)}
      />
      <p className="faint small">
        Services you have keep their names, numbers and whatever was set by hand. What costs much more or less than before (by over
        half, unless its price sync is set otherwise) is paused for you to look at.
      </p>
      {begin.error && <FailureNotice failure={begin.error} title="The import was not started" />}
      <Button onClick={submit} loading={begin.isPending} disabled={!markUp || chosen.size === 0}>
        {chosen.size === 0 ? 'Choose what to import' : `Import ${count(chosen.size)} ${chosen.size === 1 ? 'service' : 'services'}`}
      </Button>
      {mapping && <MapCategories theirs={headings} under={under} setUnder={setUnder} close={() => setMapping(false)} />}
    </section>
  )
}
