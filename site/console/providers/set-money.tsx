import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { readAmount } from '../../shared/amounts.ts'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import type { Provider } from './connection-card.tsx'
import { DailyRate } from './daily-rate.tsx'

const isExchange = (text: string): boolean => /^\d{1,7}(\.\d{1,9})?$/.test(text.trim()) && Number(text) > 0

/** Another worth brings every service that was imported to a new cost. */
export function SetMoney({ provider, close }: { readonly provider: Provider; readonly close: () => void }) {
  const { providerId, ledgerCurrency } = provider
  const answers = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({
    initialValues: {
      currency: provider.currency,
      how: provider.daily ? ('daily' as const) : ('own' as 'own' | 'daily'),
      exchange: provider.exchange,
      lowBalance: provider.lowBalance ?? '',
      memo: '',
    },
    validate: {
      currency: (text) => (/^[A-Za-z]{3,5}$/.test(text.trim()) ? null : 'A code like EUR.'),
      exchange: (text, { how }) =>
        how === 'daily' || isExchange(text) ? null : 'A plain number like 1.0845, nine decimals at most.',
      lowBalance: (text) => (text.trim() === '' || readAmount(text) ? null : 'An amount like 50.00, or nothing.'),
      memo: (memo) => (memo.trim().length >= 3 ? null : 'Say why, for the record.'),
    },
  })
  const set = useChange('PUT /api/admin/providers/{providerId}/money', ({ taskId }) => {
    void answers.invalidateQueries()
    close()
    if (taskId) void navigate({ to: '/providers/$providerId/tasks/$taskId', params: { providerId, taskId } })
  })
  const code = form.values.currency.trim().toUpperCase()
  const own = code === ledgerCurrency
  const rates = useAnswer('GET /api/admin/rates', {})
  const today = rates.data?.latest?.rates.find(({ currency }) => currency === code)
  const noSource = rates.data !== undefined && rates.data.source === undefined
  const daily = !own && form.values.how === 'daily'
  const submit = ({ currency, exchange, lowBalance, memo }: typeof form.values): void => {
    const threshold = readAmount(lowBalance)
    const worth = own ? '1' : daily ? today?.exchange : exchange.trim()
    if (worth === undefined) return
    set.mutate({
      path: { providerId },
      body: { currency, exchange: worth, daily, memo, ...(threshold ? { lowBalance: threshold } : {}) },
    })
  }
  return (
    <Sheet opened onClose={close} title="Money">
      <form className="stack" noValidate onSubmit={form.onSubmit(submit)}>
        {set.error && <FailureNotice failure={set.error} title="Nothing was changed" />}
        <TextInput label="It counts in" autoComplete="off" maxLength={5} data-autofocus {...form.getInputProps('currency')} />
        {!own && (
          <NativeSelect
            label="What it is worth"
            data={[
              { value: 'own', label: 'A rate of my own' },
              { value: 'daily', label: 'The daily rate', disabled: noSource && !provider.daily },
            ]}
            {...(noSource
              ? { description: 'This panel has no source of daily rates: the operator sets one (docs/deploy.md).' }
              : {})}
            {...form.getInputProps('how')}
          />
        )}
        {daily && rates.error && <FailureNotice failure={rates.error} title="The daily rates could not be read" />}
        {daily && rates.data && <DailyRate code={code} ledger={ledgerCurrency} rates={rates.data} rate={today?.exchange} />}
        {!own && !daily && (
          <TextInput
            label={`1 ${code || '…'} is, in ${ledgerCurrency}`}
            inputMode="decimal"
            autoComplete="off"
            description="Costs are rounded up. Services are priced anew by their mark-up; prices set by hand stay, and those below their new cost go out of sale."
            {...form.getInputProps('exchange')}
          />
        )}
        <TextInput
          label={`Warn below, in ${code || '…'}`}
          inputMode="decimal"
          autoComplete="off"
          placeholder="No warning"
          {...form.getInputProps('lowBalance')}
        />
        <Textarea label="Reason, for the record" rows={2} maxLength={300} {...form.getInputProps('memo')} />
        <Button type="submit" loading={set.isPending} disabled={daily && today === undefined}>
          Save
        </Button>
      </form>
    </Sheet>
  )
}
