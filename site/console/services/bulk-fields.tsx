import { NativeSelect, TextInput } from '@mantine/core'
import { useCurrency } from '../currency.ts'
import { origins } from '../origin-words.ts'
import { type Draft, readDraft } from './bulk-change.ts'
import type { Category } from './use-services.ts'
import { patterns } from './words.ts'

interface BulkFieldsProps {
  readonly draft: Draft
  readonly set: (draft: Draft) => void
  readonly categories: readonly Category[]
}

const asIs = { value: '', label: 'Leave as it is' }
const yesOrNo = [asIs, { value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }]
const ways: readonly { readonly value: Draft['rateHow']; readonly label: string }[] = [
  { value: '', label: 'Leave as it is' },
  { value: 'percent', label: 'Raise or lower by per cent' },
  { value: 'add', label: 'Raise or lower by an amount' },
  { value: 'set', label: 'Set to an amount' },
  { value: 'mark-up', label: 'Mark up the provider’s price' },
  { value: 'follow', label: 'Follow the provider at the next import' },
]
const steps = [
  { value: '0.0001', label: 'a ten-thousandth' },
  { value: '0.001', label: 'a thousandth' },
  { value: '0.01', label: 'a hundredth' },
  { value: '0.05', label: 'five hundredths' },
  { value: '0.1', label: 'a tenth' },
  { value: '0.000001', label: 'nothing (exact)' },
]

/** What can be changed of many at once. Everything begins as “leave as it is”. */
export function BulkFields({ draft, set, categories }: BulkFieldsProps) {
  const { problems } = readDraft(draft)
  const field = (name: keyof Draft) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ ...draft, [name]: event.currentTarget.value }),
  })
  const text = (name: keyof Draft, label: string) => (
    <TextInput
      label={label}
      placeholder="Leave as it is"
      inputMode="numeric"
      autoComplete="off"
      error={problems[name]}
      {...field(name)}
    />
  )
  const select = (name: keyof Draft, label: string, data: readonly { value: string; label: string }[]) => (
    <NativeSelect label={label} data={data} {...field(name)} />
  )
  return (
    <>
      <RateFields draft={draft} set={set} />
      <div className="bulk-grid">
        {text('min', 'Smallest order')}
        {text('max', 'Largest order')}
        {select('enabled', 'Enabled', yesOrNo)}
        {select('origin', 'Where the effect comes from', [asIs, ...origins])}
        {select('categoryId', 'Category', [
          asIs,
          ...categories.map(({ categoryId, name }) => ({ value: categoryId, label: name })),
        ])}
        {text('sort', 'Sort, smaller first')}
        {select('linkPattern', 'Kind of link', [asIs, ...patterns])}
        {select('denyDuplicates', 'One order a link at a time', yesOrNo)}
        {text('refillDays', 'Refill, days')}
        {select('cancel', 'Cancel', yesOrNo)}
        {select('dripFeed', 'Drip-feed', yesOrNo)}
      </div>
    </>
  )
}

function RateFields({ draft, set }: Pick<BulkFieldsProps, 'draft' | 'set'>) {
  const currency = useCurrency()
  const { problems } = readDraft(draft)
  const { rateHow, rateValue, rateFixed, roundTo } = draft
  const typed = rateHow !== '' && rateHow !== 'follow'
  const inPercent = rateHow === 'percent' || rateHow === 'mark-up'
  return (
    <div className="bulk-grid bulk-rate">
      <NativeSelect
        label="Rate"
        data={ways}
        value={rateHow}
        onChange={(event) => set({ ...draft, rateHow: ways.find(({ value }) => value === event.currentTarget.value)?.value ?? '' })}
      />
      {typed && (
        <TextInput
          label={inPercent ? 'By, per cent' : `${rateHow === 'set' ? 'To' : 'By'}, ${currency} per 1,000`}
          inputMode="text"
          autoComplete="off"
          value={rateValue}
          onChange={(event) => set({ ...draft, rateValue: event.currentTarget.value })}
          error={rateValue.trim() === '' ? undefined : problems.rateValue}
        />
      )}
      {rateHow === 'mark-up' && (
        <TextInput
          label={`Plus, ${currency} per 1,000`}
          placeholder="0.00"
          inputMode="decimal"
          autoComplete="off"
          value={rateFixed}
          onChange={(event) => set({ ...draft, rateFixed: event.currentTarget.value })}
          error={problems.rateFixed}
        />
      )}
      {typed && (
        <NativeSelect
          label="Rounded up to"
          data={steps}
          value={roundTo}
          onChange={(event) => set({ ...draft, roundTo: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
