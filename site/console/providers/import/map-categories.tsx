import { NativeSelect, TextInput } from '@mantine/core'
import { useAnswer } from '../../../shared/answers.ts'
import { Sheet } from '../../../shared/sheet.tsx'

/** Where a category of theirs goes: an id of ours, or a new name. Not named: under its own name. */
export type Under = ReadonlyMap<string, { readonly categoryId?: string; readonly name?: string }>

interface MapCategoriesProps {
  readonly theirs: readonly string[]
  readonly under: Under
  readonly setUnder: (under: Under) => void
  readonly close: () => void
}

/** Says under which heading of ours each of theirs comes. What we have already stays where it is. */
export function MapCategories({ theirs, under, setUnder, close }: MapCategoriesProps) {
  const { data } = useAnswer('GET /api/admin/categories', {})
  const ours = data?.rows ?? []
  const set = (name: string, to: { categoryId?: string; name?: string } | undefined): void => {
    const next = new Map(under)
    if (to) next.set(name, to)
    else next.delete(name)
    setUnder(next)
  }
  return (
    <Sheet opened onClose={close} title="Categories" tall>
      <div className="stack">
        <p className="soft">New services come under these headings. Those you have already stay where they are.</p>
        {theirs.map((name) => {
          const to = under.get(name)
          return (
            <div key={name} className="stack-tight">
              <NativeSelect
                label={name}
                value={to === undefined ? '' : (to.categoryId ?? 'new')}
                onChange={({ currentTarget: { value } }) =>
                  set(name, value === '' ? undefined : value === 'new' ? { name } : { categoryId: value })
                }
                data={[
                  { value: '', label: 'Under its own name' },
                  { value: 'new', label: 'Under another new name' },
                  ...ours.map((one) => ({ value: one.categoryId, label: one.name })),
                ]}
              />
              {to?.name !== undefined && (
                <TextInput
                  aria-label={`New name for ${name}`}
                  maxLength={100}
                  value={to.name}
                  onChange={({ currentTarget: { value } }) => set(name, { name: value })}
                />
              )}
            </div>
          )
        })}
      </div>
    </Sheet>
  )
}
