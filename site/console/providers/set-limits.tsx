import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import type { Provider } from './connection-card.tsx'

const isWhole = (text: string, most: number): boolean => /^\d{1,6}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most

/** What is above it waits for its turn: nothing is lost. */
export function SetLimits({ provider, close }: { readonly provider: Provider; readonly close: () => void }) {
  const { providerId } = provider
  const answers = useQueryClient()
  const form = useForm({
    initialValues: { atOnce: String(provider.atOnce), perMinute: String(provider.perMinute ?? ''), memo: '' },
    validate: {
      atOnce: (text) => (isWhole(text, 100) ? null : 'A whole number from 1 to 100.'),
      perMinute: (text) => (text.trim() === '' || isWhole(text, 60_000) ? null : 'A whole number up to 60,000, or nothing.'),
      memo: (memo) => (memo.trim().length >= 3 ? null : 'Say why, for the record.'),
    },
  })
  const set = useChange('PUT /api/admin/providers/{providerId}/limits', () => {
    void answers.invalidateQueries()
    close()
  })
  const submit = ({ atOnce, perMinute, memo }: typeof form.values): void =>
    set.mutate({
      path: { providerId },
      body: { atOnce: Number(atOnce), memo, ...(perMinute.trim() === '' ? {} : { perMinute: Number(perMinute) }) },
    })
  return (
    <Sheet opened onClose={close} title="Calls">
      <form className="stack" noValidate onSubmit={form.onSubmit(submit)}>
        {set.error && <FailureNotice failure={set.error} title="Nothing was changed" />}
        <TextInput
          label="At once"
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          description="1 serves it one call after the other: then its balance before and after an order is evidence."
          {...form.getInputProps('atOnce')}
        />
        <TextInput
          label="In a minute"
          inputMode="numeric"
          autoComplete="off"
          placeholder="As many as there are"
          description="What is above it waits for the next minute."
          {...form.getInputProps('perMinute')}
        />
        <Textarea label="Reason, for the record" rows={2} maxLength={300} {...form.getInputProps('memo')} />
        <Button type="submit" loading={set.isPending}>
          Save
        </Button>
      </form>
    </Sheet>
  )
}
