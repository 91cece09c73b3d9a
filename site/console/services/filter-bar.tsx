import { CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { origins } from '../origin-words.ts'
import type { Filters } from './filters.ts'
import type { Category } from './use-services.ts'
import { notSoldWords, soldTypes } from './words.ts'

interface FilterBarProps {
  readonly filters: Filters
  readonly change: (filters: Readonly<Record<string, string | undefined>>) => void
  readonly categories: readonly Category[]
  readonly providers: readonly { readonly providerId: string; readonly name: string }[]
}

const states = [
  { value: '', label: 'Sold or not' },
  { value: 'sold', label: 'Sold' },
  ...Object.entries(notSoldWords).map(([value, label]) => ({ value, label })),
]

/** One field over all services, and what to narrow them to. */
export function FilterBar({ filters, change, categories, providers }: FilterBarProps) {
  const select = (name: keyof Filters, label: string, data: readonly { value: string; label: string }[]) => (
    <NativeSelect
      aria-label={label}
      data={data}
      value={filters[name] ?? ''}
      data-set={filters[name] !== undefined}
      onChange={(event) => change({ [name]: event.currentTarget.value || undefined })}
    />
  )
  return (
    <search className="services-filters">
      <TextInput
        className="services-text"
        aria-label="Search services"
        placeholder="Name, number, or the provider’s number"
        leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
        rightSection={
          filters.text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => change({ text: undefined })} />
        }
        autoComplete="off"
        spellCheck={false}
        value={filters.text ?? ''}
        onChange={(event) => change({ text: event.currentTarget.value || undefined })}
      />
      {select('category', 'Category', [
        { value: '', label: 'Every category' },
        ...categories.map(({ categoryId, name }) => ({ value: categoryId, label: name })),
      ])}
      {select('provider', 'Provider', [
        { value: '', label: 'Every provider' },
        ...providers.map(({ providerId, name }) => ({ value: providerId, label: name })),
      ])}
      {select('type', 'Type', [{ value: '', label: 'Every type' }, ...soldTypes.map((type) => ({ value: type, label: type }))])}
      {select('origin', 'Origin', [{ value: '', label: 'Every origin' }, ...origins])}
      {select('state', 'State', states)}
    </search>
  )
}
