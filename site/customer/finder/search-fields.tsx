import './search-fields.css'
import { CloseButton, NativeSelect, TextInput, type TextInputProps } from '@mantine/core'
import { IconChevronDown, IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ServiceSearch } from './use-search.ts'

interface SearchFieldsProps {
  readonly search: ServiceSearch
  /** Whether the category is chosen here. */
  readonly categories?: boolean
  readonly field?: TextInputProps & { readonly ref?: React.Ref<HTMLInputElement> }
  readonly children?: ReactNode
}

/** One field over all services, and a category. */
export function SearchFields({ search, categories: withCategories = true, field, children }: SearchFieldsProps) {
  const { text, setText, category, setCategory, categories } = search
  return (
    <search className="search-fields">
      <TextInput
        className="grow"
        aria-label="Search services"
        placeholder="Search by name, number or category"
        leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
        rightSection={text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setText('')} />}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        {...field}
      />
      {withCategories && categories.length > 1 && (
        <NativeSelect
          className="search-category"
          aria-label="Category"
          rightSection={<IconChevronDown size={16} stroke={1.8} aria-hidden />}
          value={category}
          onChange={(event) => setCategory(event.currentTarget.value)}
          data={[{ value: '', label: 'All categories' }, ...categories]}
        />
      )}
      {children}
    </search>
  )
}
