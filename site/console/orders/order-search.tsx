import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'

interface OrderSearchProps {
  readonly find: string | undefined
  readonly search: (find: string) => void
}

/** One field for whatever somebody wrote in: an order's number, a provider's, a link. */
export function OrderSearch({ find = '', search }: OrderSearchProps) {
  const [typed, setTyped] = useState(find)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    search(typed.trim())
  }
  return (
    <search className="order-search">
      <form className="row" onSubmit={submit}>
        <TextInput
          className="grow"
          aria-label="Order number, provider’s number or link"
          placeholder="Order number, provider’s number or link"
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
          rightSection={
            typed && (
              <CloseButton
                size="sm"
                aria-label="Clear the search"
                onClick={() => {
                  setTyped('')
                  if (find) search('')
                }}
              />
            )
          }
          autoComplete="off"
          spellCheck={false}
          maxLength={2_100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" disabled={typed.trim() === ''}>
          Find
        </Button>
      </form>
    </search>
  )
}
