import { TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'

/** An order by its number, its provider's, or its link, from anywhere. */
export function FindOrder() {
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  useHotkeys([['mod+K', () => field.current?.focus()]], [])
  const find = (event: FormEvent): void => {
    event.preventDefault()
    const wanted = typed.trim()
    if (wanted === '') return
    setTyped('')
    // A short number is mostly ours. The page of orders also looks for it at providers.
    if (/^\d{1,10}$/.test(wanted)) void navigate({ to: '/orders/$orderId', params: { orderId: wanted } })
    else void navigate({ to: '/orders', search: { find: wanted } })
  }
  return (
    <search className="find-order">
      <form onSubmit={find}>
        <TextInput
          ref={field}
          aria-label="Find an order by number or link"
          aria-keyshortcuts="Control+K Meta+K"
          placeholder="Order number or link"
          spellCheck={false}
          maxLength={2_100}
          autoComplete="off"
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </form>
    </search>
  )
}
