import { Button, PasswordInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'

/** Written, never read. */
export function ReplaceKey({ providerId, close }: { readonly providerId: string; readonly close: () => void }) {
  const form = useForm({
    initialValues: { apiKey: '', memo: '' },
    validate: {
      apiKey: (key) => (key.trim() ? null : 'Type the key that the provider gave.'),
      memo: (memo) => (memo.trim().length >= 3 ? null : 'Say why, for the record.'),
    },
  })
  const replace = useChange('PUT /api/admin/providers/{providerId}/key', close)
  return (
    <Sheet opened onClose={close} title="Replace the key">
      <form className="stack" noValidate onSubmit={form.onSubmit((body) => replace.mutate({ path: { providerId }, body }))}>
        {replace.error && <FailureNotice failure={replace.error} title="The key was not replaced" />}
        <PasswordInput
          label="New API key"
          autoComplete="off"
          description="It is encrypted at once and cannot be read back. From the next call on it is used."
          data-autofocus
          {...form.getInputProps('apiKey')}
        />
        <Textarea label="Reason, for the record" rows={2} maxLength={300} {...form.getInputProps('memo')} />
        <Button type="submit" loading={replace.isPending}>
          Replace key
        </Button>
      </form>
    </Sheet>
  )
}
