import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'

interface AddProviderProps {
  readonly opened: boolean
  readonly close: () => void
  readonly added: (providerId: string) => void
}

export function AddProvider({ opened, close, added }: AddProviderProps) {
  const form = useForm({
    initialValues: { name: '', url: '', apiKey: '' },
    validate: {
      name: (name) => (name.trim() ? null : 'Give it a name.'),
      url: (url) => (URL.canParse(url) ? null : 'The full address of its API, like https://provider.example/api/v2'),
      apiKey: (key) => (key.trim() ? null : 'Type the key that the provider gave.'),
    },
  })
  const add = useChange('POST /api/admin/providers', ({ providerId }) => {
    form.reset()
    close()
    added(providerId)
  })
  return (
    <Sheet opened={opened} onClose={close} title="Add a provider">
      <form className="stack" noValidate onSubmit={form.onSubmit((body) => add.mutate({ body }))}>
        {add.error && <FailureNotice failure={add.error} title="No provider was added" />}
        <TextInput label="Name" autoComplete="off" maxLength={80} data-autofocus {...form.getInputProps('name')} />
        <TextInput label="Address of its API" type="url" autoComplete="off" placeholder="https://" {...form.getInputProps('url')} />
        <PasswordInput
          label="API key"
          autoComplete="off"
          description="It is encrypted at once and cannot be read back."
          {...form.getInputProps('apiKey')}
        />
        <Button type="submit" loading={add.isPending}>
          Add provider
        </Button>
      </form>
    </Sheet>
  )
}
