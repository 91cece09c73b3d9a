import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react'
import type { LinkPattern } from '../../../core/catalogue/link-patterns.ts'
import type { Origin } from '../../../core/catalogue/service.ts'
import { count, inWords } from '../../shared/amounts.ts'
import { usePhone } from '../../shared/use-phone.ts'
import { Windowed } from '../../shared/windowed.tsx'
import { originWords } from '../origin-words.ts'
import type { Preview } from './use-edit.ts'
import { useCategories } from './use-services.ts'
import { factWord, patternWords, problemWords, warningWords } from './words.ts'

type Changed = Preview['changed'][number]
type Fact = string | number | boolean

/** What would change, service by service: before → after. */
export function PreviewTable({ preview }: { readonly preview: Preview }) {
  const { nameOf } = useCategories()
  const { changed, refused, unchanged, done } = preview
  // On phones what changes has two lines.
  const rowHeight = usePhone() ? 92 : 58
  const warned = changed.filter(({ warnings }) => warnings.length > 0).length
  return (
    <div className="stack-tight">
      <p className="tabular">
        <strong>{count(changed.length)}</strong> {changed.length === 1 ? 'service changes' : 'services change'}
        {warned > 0 && `, ${count(warned)} of them with a warning`}
        {unchanged > 0 && `; ${count(unchanged)} are as wanted already`}
        {done > 0 && `; ${count(done)} were changed before this edit stopped`}.
      </p>
      {changed.length > 0 && (
        <div className="preview-list">
          <Windowed
            groups={[{ name: 'These change', rows: changed }]}
            rowHeight={rowHeight}
            keyOf={({ serviceId }) => serviceId}
            head={() => 'These change'}
            row={(row) => <PreviewRow row={row} nameOf={nameOf} />}
          />
        </div>
      )}
      {refused.length > 0 && (
        <div className="preview-list">
          <Windowed
            groups={[{ name: 'These are left as they are', rows: refused }]}
            rowHeight={rowHeight}
            keyOf={({ serviceId }) => serviceId}
            head={() => `${count(refused.length)} left as ${refused.length === 1 ? 'it is' : 'they are'}`}
            row={({ serviceId, name, reasons }) => (
              <div className="preview-row">
                <span className="one-line">
                  <span className="tabular faint">{serviceId}</span> {name}
                </span>
                <span className="preview-facts one-line preview-warn">
                  <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
                  {reasons.map((reason) => problemWords[reason]).join('; ')}
                </span>
              </div>
            )}
          />
        </div>
      )}
    </div>
  )
}

function PreviewRow({ row, nameOf }: { readonly row: Changed; readonly nameOf: (categoryId: string) => string }) {
  const { serviceId, name, before, after, warnings } = row
  // That it is by hand now goes without saying where something else changed.
  const names = Object.keys(after).filter((fact) => fact !== 'byHand' || Object.keys(after).length === 1)
  const words = names.map((fact) => `${factWord(fact)} ${said(fact, before[fact], nameOf)} → ${said(fact, after[fact], nameOf)}`)
  return (
    <div className="preview-row" title={[...words, ...warnings.map((warning) => warningWords[warning])].join('\n')}>
      <span className="one-line">
        <span className="tabular faint">{serviceId}</span> {name}
      </span>
      <span className="preview-facts tabular">
        {names.map((fact) => (
          <span key={fact} className="preview-fact">
            {factWord(fact)} <span className="faint">{said(fact, before[fact], nameOf)}</span>
            <IconArrowRight size={12} stroke={2} aria-label="becomes" />
            <strong>{said(fact, after[fact], nameOf)}</strong>
          </span>
        ))}
        {warnings.map((warning) => (
          <span key={warning} className="preview-warn">
            <IconAlertTriangle size={13} stroke={1.8} aria-hidden />
            {warningWords[warning]}
          </span>
        ))}
      </span>
    </div>
  )
}

function said(fact: string, value: Fact | undefined, nameOf: (categoryId: string) => string): string {
  if (value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return count(value)
  switch (fact) {
    case 'categoryId':
      return nameOf(value)
    case 'rate':
      return inWords(value)
    case 'origin':
      return originWords[value as Origin]
    case 'linkPattern':
      return patternWords[value as LinkPattern]
    default:
      return value
  }
}
