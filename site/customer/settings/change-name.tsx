import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, useChange } from '../../shared/answers.ts'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'

export function ChangeName({ fullName }: { readonly fullName: string }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button size="xs" variant="default" aria-label="Change name" onClick={() => setOpened(true)}>
        Change
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title="Change the name">
        <Ask fullName={fullName} done={() => setOpened(false)} />
      </Dialog>
    </>
  )
}

function Ask({ fullName, done }: { readonly fullName: string; readonly done: () => void }) {
  const answers = useQueryClient()
  const form = useForm({
    initialValues: { fullName },
    validate: { fullName: (name) => (name.trim() ? null : 'Type your name.') },
  })
  const change = useChange('PUT /api/me/name', async () => {
    await answers.invalidateQueries({ queryKey: keyOf('GET /api/me') })
    done()
  })
  return (
    <form noValidate className="stack" onSubmit={form.onSubmit((body) => change.mutate({ body }))}>
      {change.error && <FailureNotice failure={change.error} title="The name is as it was" />}
      <TextInput label="Full name" autoComplete="name" maxLength={100} data-autofocus {...form.getInputProps('fullName')} />
      <Button type="submit" loading={change.isPending}>
        Save the name
      </Button>
    </form>
  )
}
