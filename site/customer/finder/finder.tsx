import './finder.css'
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { type Group, offsetOf, Windowed } from '../../shared/windowed.tsx'
import { type Service, useCatalogue } from '../catalogue.ts'
import { CatalogueStates } from './catalogue-states.tsx'
import { SearchFields } from './search-fields.tsx'
import { ServiceRow, useServiceRowHeight } from './service-row.tsx'
import { type ServiceSearch, useSearch } from './use-search.ts'

interface FinderProps {
  readonly onChoose: (service: Service) => void
  readonly chosen?: number | undefined
  /** Shown first while nothing is looked for. */
  readonly recent?: readonly Service[]
  readonly field?: RefObject<HTMLInputElement | null>
  readonly autoFocus?: boolean
}

/** Finds a service: typing narrows the list, arrows walk it, Enter takes one. */
export function Finder({ onChoose, chosen, recent = [], field, autoFocus = false }: FinderProps) {
  const catalogue = useCatalogue()
  const search = useSearch(catalogue.data)
  const groups = useGroups(search, recent)
  const results = useRef<HTMLDivElement>(null)
  const id = useId()
  const rowHeight = useServiceRowHeight()
  const [active, setActive] = useState(-1)
  const rows = useMemo(() => groups.flatMap(({ rows }) => rows), [groups])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    setActive(-1)
    results.current?.scrollTo({ top: 0 })
  }, [search.text, search.category])

  const onKeyDown = (event: KeyboardEvent): void => {
    const to = moved(event.key, active, rows.length)
    if (to !== undefined) {
      event.preventDefault()
      setActive(to)
      reveal(results.current, offsetOf(groups, rowHeight, to), rowHeight)
    } else if (event.key === 'Enter') {
      const service = rows[active] ?? (rows.length === 1 || search.text ? rows[0] : undefined)
      if (service) onChoose(service)
      event.preventDefault()
    } else if (event.key === 'Escape' && search.text) {
      search.setText('')
      event.stopPropagation()
    }
  }

  return (
    <div className="finder">
      <div className="finder-fields">
        <SearchFields
          search={search}
          field={{
            ...(field ? { ref: field } : {}),
            onKeyDown,
            role: 'combobox',
            'aria-expanded': true,
            'aria-controls': id,
            'aria-autocomplete': 'list',
            ...(active >= 0 ? { 'aria-activedescendant': `${id}-${active}` } : {}),
            ...(autoFocus ? { 'data-autofocus': true } : {}),
          }}
        />
      </div>
      <div className="finder-results service-list" ref={results} tabIndex={-1}>
        <CatalogueStates catalogue={catalogue} search={search} rows={8} none={rows.length === 0} />
        <div id={id} role="listbox" aria-label="Services" tabIndex={-1}>
          <Windowed
            groups={groups}
            rowHeight={rowHeight}
            keyOf={(service) => service.serviceId}
            head={({ name, rows }) => (
              <>
                {name} <span className="finder-count tabular">{rows.length}</span>
              </>
            )}
            row={(service, { index, total }) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
              <div
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                className="finder-option"
                aria-selected={service.serviceId === chosen}
                aria-posinset={index + 1}
                aria-setsize={total}
                data-active={index === active}
                onClick={() => onChoose(service)}
              >
                <ServiceRow service={service} decimals={search.decimals} />
              </div>
            )}
          />
        </div>
      </div>
    </div>
  )
}

function useGroups(search: ServiceSearch, recent: readonly Service[]): readonly Group<Service>[] {
  const { found, text, category } = search
  return useMemo(() => {
    const groups = found.map(({ category: name, services }) => ({ name, rows: services }))
    return text === '' && category === '' && recent.length > 0 ? [{ name: 'Recently ordered', rows: recent }, ...groups] : groups
  }, [found, text, category, recent])
}

/** Where an arrow key leads; undefined for other keys. */
function moved(key: string, active: number, length: number): number | undefined {
  if (length === 0) return undefined
  switch (key) {
    case 'ArrowDown':
      return Math.min(active + 1, length - 1)
    case 'ArrowUp':
      return Math.max(active - 1, 0)
    case 'PageDown':
      return Math.min(active + 8, length - 1)
    case 'PageUp':
      return Math.max(active - 8, 0)
    default:
      return undefined
  }
}

/** Scrolls just as far as it takes to see a row, the head of its group included. */
function reveal(results: HTMLElement | null, offset: number, rowHeight: number): void {
  if (!results) return
  const head = 44
  if (offset - head < results.scrollTop) results.scrollTop = offset - head
  else if (offset + rowHeight > results.scrollTop + results.clientHeight)
    results.scrollTop = offset + rowHeight - results.clientHeight
}
