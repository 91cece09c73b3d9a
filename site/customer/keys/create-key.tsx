import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import type { CreatedKey } from './page.tsx'

/** A name is all it takes. */
export function CreateKey({ onCreated }: { readonly onCreated: (key: CreatedKey) => void }) {
  const [name, setName] = useState('')
  const { mutate, isPending, error } = useChange('POST /api/keys', (key) => {
    setName('')
    onCreated(key)
  })
  const create = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') mutate({ body: { name } })
  }
  return (
    <form className="create-key push" onSubmit={create}>
      <TextInput
        aria-label="Name of the new key"
        placeholder="Name, e.g. shop robot"
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error?.message}
      />
      <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
        Create key
      </Button>
    </form>
  )
}
