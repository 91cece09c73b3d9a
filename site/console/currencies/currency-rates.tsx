import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useCurrency } from '../currency.ts'

type Currencies = Answer<'GET /api/admin/currencies'>
type Row = Currencies['rates'][number] & { readonly id: number }

const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text)
const isRate = (text: string): boolean => /^(?!0+(\.0+)?$)\d{1,9}(\.\d{1,8})?$/.test(text)

interface CurrencyRatesProps {
  readonly current: Currencies
  readonly mayChange: boolean
}

/** The rates as a form; who may not change them reads them in it. */
export function CurrencyRates({ current, mayChange }: CurrencyRatesProps) {
  const ledger = useCurrency()
  const answers = useQueryClient()
  const [rows, setRows] = useState<readonly Row[]>(current.rates.map((rate, id) => ({ ...rate, id })))
  const [shown, setShown] = useState(false)
  const [asking, setAsking] = useState(false)
  const set = useChange('PUT /api/admin/currencies', async () => {
    setAsking(false)
    await answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/currencies') })
  })
  const edit = (id: number, part: Partial<Row>): void =>
    setRows((all) => all.map((row) => (row.id === id ? { ...row, ...part } : row)))
  const twice = (row: Row): boolean => rows.some(({ id, currency }) => id !== row.id && currency === row.currency)
  const problem = (row: Row): string | undefined =>
    !isCurrency(row.currency) ? 'Three letters' : row.currency === ledger ? 'The ledger’s own' : twice(row) ? 'Twice' : undefined
  const good = rows.every((row) => problem(row) === undefined && isRate(row.rate))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setShown(true)
    if (good) setAsking(true)
  }
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <p className="soft">
        Shown beside the exact amounts to customers who choose one, marked ≈. Orders, charges and the ledger are in {ledger} alone.
      </p>
      {current.changedAt && (
        <p className="faint small">
          Set <Moment at={current.changedAt} alone start />
        </p>
      )}
      {rows.length === 0 && <Notice tone="info" title="None yet" />}
      {rows.map((row) => (
        <div key={row.id} className="currency-row">
          <TextInput
            label="Currency"
            maxLength={3}
            autoCapitalize="characters"
            spellCheck={false}
            value={row.currency}
            readOnly={!mayChange}
            error={shown && problem(row)}
            onChange={(event) => edit(row.id, { currency: event.currentTarget.value.toUpperCase() })}
          />
          <TextInput
            label={`For 1 ${ledger}`}
            inputMode="decimal"
            maxLength={18}
            value={row.rate}
            readOnly={!mayChange}
            error={shown && !isRate(row.rate) && 'A number above nothing, like 0.92'}
            onChange={(event) => edit(row.id, { rate: event.currentTarget.value.trim() })}
          />
          {mayChange && (
            <Button
              variant="default"
              aria-label={`Remove ${row.currency || 'the new currency'}`}
              onClick={() => setRows((all) => all.filter(({ id }) => id !== row.id))}
            >
              Remove
            </Button>
          )}
        </div>
      ))}
      {mayChange && (
        <div className="row wrap">
          <Button
            variant="default"
            disabled={rows.length >= 30}
            onClick={() => setRows((all) => [...all, { id: Math.max(-1, ...all.map(({ id }) => id)) + 1, currency: '', rate: '' }])}
          >
            Add a currency
          </Button>
          <Button type="submit">Save</Button>
        </div>
      )}
      <MemoDialog
        opened={asking}
        title="Set the display currencies?"
        verb="Set them"
        busy={set.isPending}
        failure={set.error ?? undefined}
        close={() => setAsking(false)}
        go={(memo) =>
          set.mutate({
            body: { rates: rows.map(({ currency, rate }) => ({ currency, rate })), seen: current.changedAt, memo },
          })
        }
      >
        Customers who chose one see it within minutes. No amount of money changes.
      </MemoDialog>
    </form>
  )
}
