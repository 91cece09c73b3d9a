import { Button, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'

interface EditProviderProps {
  readonly provider: { readonly providerId: string; readonly name: string; readonly url: string }
  readonly close: () => void
}

/** Another name or address. On another host the key is asked for: it would be sent there. */
export function EditProvider({ provider, close }: EditProviderProps) {
  const answers = useQueryClient()
  const moved = (url: string): boolean => URL.parse(url)?.origin !== URL.parse(provider.url)?.origin
  const form = useForm({
    initialValues: { name: provider.name, url: provider.url, apiKey: '', memo: '' },
    validate: {
      name: (name) => (name.trim() ? null : 'Give it a name.'),
      url: (url) => (URL.canParse(url) ? null : 'The full address of its API, like https://provider.example/api/v2'),
      apiKey: (key, { url }) => (moved(url) && !key.trim() ? 'On another host, its key has to be typed anew.' : null),
      memo: (memo) => (memo.trim().length >= 3 ? null : 'Say why, for the record.'),
    },
  })
  const edit = useChange('PUT /api/admin/providers/{providerId}', () => {
    close()
    void answers.invalidateQueries()
  })
  const submit = ({ apiKey, ...rest }: typeof form.values): void =>
    edit.mutate({ path: { providerId: provider.providerId }, body: { ...rest, ...(apiKey.trim() ? { apiKey } : {}) } })
  return (
    <Sheet opened onClose={close} title="Edit provider">
      <form className="stack" noValidate onSubmit={form.onSubmit(submit)}>
        {edit.error && <FailureNotice failure={edit.error} title="Nothing was changed" />}
        <TextInput label="Name" autoComplete="off" maxLength={80} data-autofocus {...form.getInputProps('name')} />
        <TextInput label="Address of its API" type="url" autoComplete="off" {...form.getInputProps('url')} />
        {moved(form.values.url) && (
          <PasswordInput
            label="API key"
            autoComplete="off"
            description="Another host: its key is sent there, so it has to be typed anew."
            {...form.getInputProps('apiKey')}
          />
        )}
        <Textarea label="Reason, for the record" rows={2} maxLength={300} {...form.getInputProps('memo')} />
        <Button type="submit" loading={edit.isPending}>
          Save
        </Button>
      </form>
    </Sheet>
  )
}
