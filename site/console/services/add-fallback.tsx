import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api.ts'
import { fromMicros, readAmount, toMicros } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Dialog } from '../../shared/dialog.tsx'
import { useCurrency } from '../currency.ts'
import { useProviders } from '../orders/use-providers.ts'
import { whole } from './bulk-change.ts'
import type { FallbackRow } from './fallbacks.tsx'
import { margin } from './service-line.tsx'

interface AddFallbackProps {
  readonly rate: string
  /** Of the service: its fallbacks are of the same. */
  readonly type: string
  readonly add: (row: FallbackRow) => void
  readonly close: () => void
}
type Offered = Answer<'GET /api/admin/providers/{providerId}/offer'>['rows'][number]

const mostShown = 8

/** A provider's service: found in what was last fetched of its catalogue, or typed by hand. */
export function AddFallback({ rate, type, add, close }: AddFallbackProps) {
  const currency = useCurrency()
  const { byId } = useProviders()
  const providers = [...byId.values()].filter(({ status }) => status !== 'closing')
  const [providerId, setProviderId] = useState('')
  const [typed, setTyped] = useState({ number: '', name: '', quoted: '', min: '', max: '' })
  const provider = byId.get(providerId) ?? providers[0]
  const own = provider?.currency ?? currency
  const read = { quoted: readAmount(typed.quoted), min: whole(1)(typed.min), max: whole(1)(typed.max) }
  const cost = read.quoted && provider ? inLedger(read.quoted, provider.exchange) : undefined
  const { quoted, min, max } = read
  const ready = typed.number.trim() !== '' && typed.name.trim() !== '' && quoted && min && max && min <= max && provider && cost
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!ready) return
    const { providerId: at, status } = provider
    const [providerServiceId, name] = [typed.number.trim(), typed.name.trim()]
    add({ providerId: at, providerServiceId, name, quoted, cost, min, max, status, affordable: toMicros(cost) <= toMicros(rate) })
  }
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  })
  const choose = (row: Offered): void =>
    setTyped({ number: row.id, name: row.name, quoted: row.quoted, min: String(row.min), max: String(row.max) })
  return (
    <Dialog opened onClose={close} title="Add a fallback">
      <form className="stack" onSubmit={submit}>
        <NativeSelect
          label="Provider"
          data={providers.map((one) => ({ value: one.providerId, label: one.name }))}
          value={provider?.providerId ?? ''}
          onChange={(event) => setProviderId(event.currentTarget.value)}
        />
        {provider && <FromOffer providerId={provider.providerId} type={type} choose={choose} />}
        <div className="service-pair">
          <TextInput label="Its number there" maxLength={64} {...field('number')} />
          <TextInput
            label={`It takes for 1000, ${own}`}
            inputMode="decimal"
            placeholder="0.00"
            description={
              cost === undefined ? undefined : `${own === currency ? '' : `${cost} ${currency} now; `}margin ${margin(rate, cost)}`
            }
            {...field('quoted')}
          />
        </div>
        <TextInput label="Its name there" maxLength={200} {...field('name')} />
        <div className="service-pair">
          <TextInput label="Smallest order" inputMode="numeric" {...field('min')} />
          <TextInput label="Largest order" inputMode="numeric" {...field('max')} />
        </div>
        <p className="faint small">It must be of the same type: an order is passed on as it is.</p>
        <div className="row confirm-actions">
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
          <Button type="submit" disabled={!ready}>
            Add at the end
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Rounded up, as the panel reckons it. */
function inLedger(quoted: string, exchange: string): string {
  const [whole = '0', fraction = ''] = exchange.split('.')
  const billionths = BigInt(whole + fraction.padEnd(9, '0'))
  return fromMicros((toMicros(quoted) * billionths + 999_999_999n) / 1_000_000_000n)
}

interface FromOfferProps {
  readonly providerId: string
  readonly type: string
  readonly choose: (row: Offered) => void
}

function FromOffer({ providerId, type, choose }: FromOfferProps) {
  const [search, setSearch] = useState('')
  const wanted = search.trim()
  const offer = useAnswer(
    'GET /api/admin/providers/{providerId}/offer',
    { path: { providerId }, query: { search: wanted } },
    { enabled: wanted.length >= 2, staleMilliseconds: 60_000 },
  )
  const rows = offer.data?.rows.filter((row) => row.type === type) ?? []
  const none = offer.error?.code === 'offer-not-found' ? 'Nothing was fetched of its catalogue yet: type it below.' : undefined
  return (
    <>
      <TextInput
        label="Find it in its catalogue"
        placeholder="A number, or a part of its name"
        autoComplete="off"
        data-autofocus
        value={search}
        description={none ?? 'As it was last fetched; or type it below.'}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {wanted.length >= 2 && offer.data && (
        <div className="offered-list">
          {rows.slice(0, mostShown).map((row) => (
            <button key={row.id} type="button" onClick={() => choose(row)}>
              <span className="faint tabular">{row.id}</span> {row.name}{' '}
              <span className="soft tabular">
                {row.quoted} {offer.data.currency}
              </span>
            </button>
          ))}
          {rows.length === 0 && <p className="faint small">Nothing of that number or name, and of this type.</p>}
        </div>
      )}
    </>
  )
}
