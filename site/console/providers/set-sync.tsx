import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import type { Provider } from './connection-card.tsx'
import { intervalWords } from './task-words.ts'

const intervals = [1, 6, 24, 0] as const
const within = (least: number, most: number) => (text: string) =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most ? null : `A whole number from ${least} to ${most}.`

/** How often prices are asked for, and which moves of a cost a person looks at first. */
export function SetSync({ provider, close }: { readonly provider: Provider; readonly close: () => void }) {
  const { providerId, sync } = provider
  const answers = useQueryClient()
  const form = useForm({
    initialValues: {
      everyHours: String(sync.everyHours),
      jumpUp: String(sync.jumpUp),
      jumpDown: String(sync.jumpDown),
      memo: '',
    },
    validate: {
      jumpUp: within(1, 1_000),
      jumpDown: within(1, 99),
      memo: (memo) => (memo.trim().length >= 3 ? null : 'Say why, for the record.'),
    },
  })
  const set = useChange('PUT /api/admin/providers/{providerId}/sync', () => {
    void answers.invalidateQueries()
    close()
  })
  const submit = ({ everyHours, jumpUp, jumpDown, memo }: typeof form.values): void => {
    const hours = intervals.find((one) => String(one) === everyHours) ?? sync.everyHours
    set.mutate({ path: { providerId }, body: { everyHours: hours, jumpUp: Number(jumpUp), jumpDown: Number(jumpDown), memo } })
  }
  return (
    <Sheet opened onClose={close} title="Price sync">
      <form className="stack" noValidate onSubmit={form.onSubmit(submit)}>
        {set.error && <FailureNotice failure={set.error} title="Nothing was changed" />}
        <NativeSelect
          label="Ask for its prices"
          data={intervals.map((hours) => ({ value: String(hours), label: intervalWords[hours] }))}
          description="Services you have are brought up to date; none is added. Prices set by hand stay."
          {...form.getInputProps('everyHours')}
        />
        <TextInput
          label="Let me look when a cost rises by more than, in %"
          inputMode="numeric"
          autoComplete="off"
          {...form.getInputProps('jumpUp')}
        />
        <TextInput
          label="…or falls by more than, in %"
          inputMode="numeric"
          autoComplete="off"
          description="Such a service goes out of sale until somebody decides. Imports and new exchange rates keep to this too."
          {...form.getInputProps('jumpDown')}
        />
        <Textarea label="Reason, for the record" rows={2} maxLength={300} {...form.getInputProps('memo')} />
        <Button type="submit" loading={set.isPending}>
          Save
        </Button>
      </form>
    </Sheet>
  )
}
