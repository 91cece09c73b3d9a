import './filter-panel.css'
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { originWords, typeWords } from '../service-words.ts'
import { type Choices, countOfFilters, type Filters, isPrice } from './filters.ts'

interface FilterPanelProps {
  readonly id: string
  readonly filters: Filters
  readonly choices: Choices
  readonly change: (part: { readonly [Name in keyof Filters]?: Filters[Name] | undefined }) => void
  readonly clear: () => void
  /** On phones: the field above has no room for it. */
  readonly categories?: readonly string[]
}

/** Everything by which services can be told apart, as far as this catalogue has it. */
export function FilterPanel({ id, filters, choices, change, clear, categories = [] }: FilterPanelProps) {
  const { platforms, types, origins } = choices
  return (
    <div id={id} className="filter-panel">
      <Choice
        label="Category"
        all="All categories"
        of={categories.map(same)}
        chosen={filters.category}
        choose={(category) => change({ category })}
      />
      <Choice
        label="Platform"
        all="All platforms"
        of={platforms.map(same)}
        chosen={filters.platform}
        choose={(platform) => change({ platform })}
      />
      <Choice
        label="Kind"
        all="All kinds"
        of={types.map((type) => [type, typeWords[type] ?? type])}
        chosen={filters.type}
        choose={(type) => change({ type })}
      />
      <Choice
        label="Effect from"
        all="Anywhere"
        of={origins.map((origin) => [origin, originWords[origin]])}
        chosen={filters.origin}
        choose={(origin) => change({ origin })}
      />
      <div className="filter-prices">
        <Figure label="Rate from" value={filters.from} fits={isPrice} change={(from) => change({ from })} />
        <Figure label="Rate to" value={filters.to} fits={isPrice} change={(to) => change({ to })} />
      </div>
      <Figure
        label="Takes a quantity of"
        value={filters.quantity}
        fits={(text) => /^[1-9]\d{0,9}$/.test(text)}
        change={(quantity) => change({ quantity })}
      />
      <fieldset className="filter-marks">
        <legend className="unseen">Offers</legend>
        {choices.refill && <Mark label="Refill" on={filters.refill} turn={(refill) => change({ refill })} />}
        {choices.cancel && <Mark label="Cancel" on={filters.cancel} turn={(cancel) => change({ cancel })} />}
        {choices.drip && <Mark label="Drip-feed" on={filters.drip} turn={(drip) => change({ drip })} />}
        {countOfFilters(filters) > 0 && (
          <Button variant="subtle" size="compact-sm" className="push" onClick={clear}>
            Clear filters
          </Button>
        )}
      </fieldset>
    </div>
  )
}

const same = (name: string): readonly [string, string] => [name, name]

interface ChoiceProps {
  readonly label: string
  readonly all: string
  readonly of: readonly (readonly [value: string, label: string])[]
  readonly chosen: string | undefined
  readonly choose: (value: string | undefined) => void
}

function Choice({ label, all, of, chosen = '', choose }: ChoiceProps) {
  // What an address asks for stands here, even where there is none of it.
  const missing = chosen !== '' && !of.some(([value]) => value === chosen)
  if (of.length === 0 && !missing) return null
  return (
    <NativeSelect
      label={label}
      rightSection={<IconChevronDown size={16} stroke={1.8} aria-hidden />}
      value={chosen}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: all },
        ...of.map(([value, words]) => ({ value, label: words })),
        ...(missing ? [{ value: chosen, label: chosen }] : []),
      ]}
    />
  )
}

interface FigureProps {
  readonly label: string
  readonly value: string | undefined
  readonly fits: (text: string) => boolean
  readonly change: (value: string | undefined) => void
}

/** A number that counts once it is one. */
function Figure({ label, value = '', fits, change }: FigureProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value.replace(',', '.').replaceAll(/[^\d.]/g, '')
        setText(typed)
        if (typed === '') change(undefined)
        else if (fits(typed)) change(typed)
      }}
      onBlur={() => setText(value)}
      classNames={{ input: 'tabular' }}
    />
  )
}

function Mark({
  label,
  on = false,
  turn,
}: {
  readonly label: string
  readonly on?: boolean | undefined
  readonly turn: (on: true | undefined) => void
}) {
  return <Checkbox label={label} checked={on} onChange={(event) => turn(event.currentTarget.checked || undefined)} />
}
