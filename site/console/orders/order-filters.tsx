import './order-filters.css'
import { CloseButton, NativeSelect } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { orderStates } from '../../shared/order-words.ts'
import { DayTurner } from '../day-turner.tsx'
import { staffWord } from './state-words.ts'
import { useProviders } from './use-providers.ts'
import { isOpenState, type OrderWish } from './wish.ts'

interface OrderFiltersProps {
  readonly wish: OrderWish
  readonly change: (wish: OrderWish) => void
}

/** Status, day, provider and customer: all of them together. */
export function OrderFilters({ wish, change }: OrderFiltersProps) {
  const { query, byId } = useProviders()
  const { customer } = wish
  const chevron = <IconChevronDown size={16} stroke={1.8} aria-hidden />
  return (
    <div className="order-filters">
      <NativeSelect
        aria-label="Status"
        rightSection={chevron}
        value={wish.state ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const state = orderStates.find((one) => one === value)
          const { state: _, ...rest } = wish
          change({ ...rest, ...(state ? { state } : {}) })
        }}
        data={[{ value: '', label: 'Any status' }, ...orderStates.map((state) => ({ value: state, label: staffWord(state) }))]}
      />
      <NativeSelect
        aria-label="Provider"
        rightSection={chevron}
        value={wish.provider ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const { provider: _, ...rest } = wish
          change({ ...rest, ...(value ? { provider: value } : {}) })
        }}
        data={[
          { value: '', label: 'Any provider' },
          ...(query.data?.rows ?? []).map(({ providerId, name }) => ({ value: providerId, label: name })),
          ...(wish.provider && query.data && !byId.has(wish.provider)
            ? [{ value: wish.provider, label: 'A provider that is gone' }]
            : []),
        ]}
      />
      <DayTurner
        day={wish.day}
        anyDay={customer !== undefined || isOpenState(wish.state)}
        turn={(day) => {
          const { day: _, ...rest } = wish
          change({ ...rest, ...(day ? { day } : {}) })
        }}
      />
      {customer && (
        <span className="filter-chip">
          Customer{' '}
          <Link to="/customers/$customerId" params={{ customerId: customer }}>
            {customer.slice(0, 8)}…
          </Link>
          <CloseButton
            size="sm"
            aria-label="Orders of all customers"
            onClick={() => {
              const { customer: _, ...rest } = wish
              change(rest)
            }}
          />
        </span>
      )}
    </div>
  )
}
