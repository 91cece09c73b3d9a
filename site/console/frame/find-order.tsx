import { TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'

/** An order by its number, from anywhere. */
export function FindOrder() {
  const [number, setNumber] = useState('')
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  useHotkeys([['mod+K', () => field.current?.focus()]], [])
  const find = (event: FormEvent): void => {
    event.preventDefault()
    if (number === '') return
    setNumber('')
    void navigate({ to: '/orders/$orderId', params: { orderId: number } })
  }
  return (
    <search className="find-order">
      <form onSubmit={find}>
        <TextInput
          ref={field}
          aria-label="Find an order by its number"
          aria-keyshortcuts="Control+K Meta+K"
          placeholder="Order number"
          inputMode="numeric"
          autoComplete="off"
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value.replace(/\D/g, '').slice(0, 10))}
        />
      </form>
    </search>
  )
}
