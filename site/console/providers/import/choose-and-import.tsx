import { Button, Checkbox, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconFilterOff, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { count } from '../../../shared/amounts.ts'
import '../../../shared/link-button.css'
import { Nothing } from '../../../shared/nothing.tsx'
import { Sheet } from '../../../shared/sheet.tsx'
import { usePhone } from '../../../shared/use-phone.ts'
import { Windowed } from '../../../shared/windowed.tsx'
import { useCurrency } from '../../currency.ts'
import { idsIn, type Standing, shown, standings } from './choice.ts'
import { ImportForm } from './import-form.tsx'
import { readMarkUp, type TypedMarkUp } from './mark-up.ts'
import { OfferRow } from './offer-row.tsx'
import type { Offer } from './use-offer.ts'

const words: Readonly<Record<Standing, string>> = {
  all: 'Everything',
  new: 'New to you',
  ours: 'Yours already',
  changed: 'Yours, changed upstream',
  'unknown type': 'Of an unknown type',
  'not sellable': 'Cannot be sold',
}

/** The list to choose from, and beside it what becomes of what is chosen. */
export function ChooseAndImport({ providerId, offer }: { readonly providerId: string; readonly offer: Offer }) {
  const [text, setText] = useState('')
  const [category, setCategory] = useState('')
  const [standing, setStanding] = useState<Standing>('all')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [typed, setTyped] = useState<TypedMarkUp>({ percent: '25', fixed: '0.00', step: '0.0001' })
  const wanted = useDeferredValue(text)
  const groups = useMemo(() => shown(offer, { text: wanted, category, standing }), [offer, wanted, category, standing])
  const visible = useMemo(() => groups.flatMap(({ rows }) => idsIn(rows)), [groups])
  const categories = useMemo(() => [...new Set(offer.rows.map((row) => row.category))].sort(), [offer])
  const currency = useCurrency()
  const markUp = useDeferredValue(readMarkUp(typed))
  const phone = usePhone()
  const [opened, setOpened] = useState(false)
  const toggle = (ids: readonly string[]): void =>
    setChosen((known) => {
      const next = new Set(known)
      const all = ids.every((id) => next.has(id))
      for (const id of ids) {
        if (all) next.delete(id)
        else next.add(id)
      }
      return next
    })
  const clear = (): void => {
    setText('')
    setCategory('')
    setStanding('all')
  }
  const form = <ImportForm providerId={providerId} offer={offer} chosen={chosen} typed={typed} setTyped={setTyped} />
  return (
    <div className="import">
      <section className="card import-list" aria-label="Its catalogue">
        <search className="import-search">
          <TextInput
            className="grow"
            aria-label="Search its catalogue"
            placeholder="Search by name, id or category"
            leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
            rightSection={text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setText('')} />}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <NativeSelect
            aria-label="Category"
            value={category}
            onChange={(event) => setCategory(event.currentTarget.value)}
            data={[{ value: '', label: 'All categories' }, ...categories]}
          />
          <NativeSelect
            aria-label="Which rows"
            value={standing}
            onChange={({ currentTarget: { value } }) => setStanding(standings.find((one) => one === value) ?? 'all')}
            data={standings.map((value) => ({ value, label: words[value] }))}
          />
        </search>
        <div className="import-all">
          <Checkbox
            label={`Choose all ${count(visible.length)} shown`}
            checked={visible.length > 0 && visible.every((id) => chosen.has(id))}
            indeterminate={visible.some((id) => chosen.has(id)) && !visible.every((id) => chosen.has(id))}
            disabled={visible.length === 0}
            onChange={() => toggle(visible)}
          />
          <span className="faint small tabular push">
            {count(offer.counts.rows)} rows · {count(offer.counts.ours)} yours
            {offer.counts.broken > 0 && ` · ${count(offer.counts.broken)} cannot be sold`}
          </span>
        </div>
        {groups.length === 0 && (
          <Nothing
            icon={IconFilterOff}
            title="Nothing fits"
            action={
              <button type="button" className="link-button" onClick={clear}>
                Show everything
              </button>
            }
          />
        )}
        <Windowed
          groups={groups}
          rowHeight={phone ? 92 : 60}
          keyOf={({ row }) => ('id' in row ? row.id : `broken ${row.row} ${row.name}`)}
          head={({ name, rows }) => {
            const ids = idsIn(rows)
            return (
              <Checkbox
                className="grow"
                label={`${name} (${count(rows.length)})`}
                checked={ids.length > 0 && ids.every((id) => chosen.has(id))}
                indeterminate={ids.some((id) => chosen.has(id)) && !ids.every((id) => chosen.has(id))}
                disabled={ids.length === 0}
                onChange={() => toggle(ids)}
              />
            )
          }}
          row={(listed) => (
            <OfferRow
              listed={listed}
              chosen={listed.kind === 'row' && chosen.has(listed.row.id)}
              choose={(id) => toggle([id])}
              markUp={markUp}
              currency={currency}
            />
          )}
        />
      </section>
      {phone ? (
        <>
          <div className="import-bar">
            <Button fullWidth disabled={chosen.size === 0} onClick={() => setOpened(true)}>
              {chosen.size === 0 ? 'Choose what to import' : `Price ${count(chosen.size)} and import`}
            </Button>
          </div>
          <Sheet opened={opened} onClose={() => setOpened(false)} title="Mark-up and import" tall keep>
            {form}
          </Sheet>
        </>
      ) : (
        form
      )}
    </div>
  )
}
