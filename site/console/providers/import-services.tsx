import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { fromMicros, inWords, readAmount, sum, toMicros } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useCurrency } from '../currency.ts'
import { origins, readOrigin } from '../origin-words.ts'
import { ImportProgress } from './import-progress.tsx'

interface ImportServicesProps {
  readonly providerId: string
  /** An import to follow: in the address, so that the page can be left and come back to. */
  readonly importId: string | undefined
}

/** Per cent with at most two decimals, as the server takes it. */
const readPercent = (text: string): number | undefined =>
  /^\d{1,4}(\.\d{1,2})?$/.test(text) && Number(text) <= 1_000 ? Number(text) : undefined

/** Takes a provider's catalogue over into ours, with a mark-up. */
export function ImportServices({ providerId, importId }: ImportServicesProps) {
  const navigate = useNavigate()
  const currency = useCurrency()
  const [percent, setPercent] = useState('25')
  const [fixed, setFixed] = useState('0.00')
  const [origin, setOrigin] = useState(readOrigin(''))
  const begin = useChange('POST /api/admin/providers/{providerId}/imports', ({ taskId }) => {
    void navigate({ to: '/providers/$providerId', params: { providerId }, search: { import: taskId }, resetScroll: false })
  })
  const perCent = readPercent(percent)
  const added = readAmount(fixed)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (perCent !== undefined && added !== undefined)
      begin.mutate({ path: { providerId }, body: { percent: perCent, fixed: added, origin } })
  }
  return (
    <section className="card provider-card" aria-label="Import services">
      <h2>Import services</h2>
      <p className="soft">
        Its catalogue becomes ours at its price plus your mark-up. Services imported before keep their names and numbers; prices,
        bounds and offers are brought up to date.
      </p>
      <form className="stack" onSubmit={submit}>
        <div className="import-fields">
          <TextInput
            label="Mark-up, per cent"
            inputMode="decimal"
            autoComplete="off"
            value={percent}
            onChange={(event) => setPercent(event.currentTarget.value)}
            error={perCent === undefined ? '0 to 1,000, two decimals at most.' : undefined}
          />
          <TextInput
            label={`Plus, ${currency} per 1,000`}
            inputMode="decimal"
            autoComplete="off"
            value={fixed}
            onChange={(event) => setFixed(event.currentTarget.value)}
            error={added === undefined ? 'An amount like 0.05.' : undefined}
          />
          <NativeSelect
            label="Where the effect comes from"
            description="You attest it, on record. What nobody attested is not sold."
            data={origins}
            value={origin}
            onChange={(event) => setOrigin(readOrigin(event.currentTarget.value))}
          />
        </div>
        {perCent !== undefined && added !== undefined && (
          <p className="faint small tabular">
            What costs 1.00 there is sold for {inWords(marked(perCent, added))} {currency} here, rounded up to a ten-thousandth.
          </p>
        )}
        {begin.error && <FailureNotice failure={begin.error} title="The import was not started" />}
        <div>
          <Button type="submit" loading={begin.isPending} disabled={perCent === undefined || added === undefined}>
            Import
          </Button>
        </div>
      </form>
      {importId && <ImportProgress key={importId} providerId={providerId} importId={importId} />}
    </section>
  )
}

/** The same sum as the server's, for a price of one. */
function marked(percent: number, fixed: string): string {
  const step = 100n
  const basisPoints = BigInt(Math.round(percent * 100))
  const micros = toMicros(sum(fromMicros((1_000_000n * (10_000n + basisPoints)) / 10_000n), fixed))
  return fromMicros(((micros + step - 1n) / step) * step)
}
