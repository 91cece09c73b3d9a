import './windowed.css'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'

export interface Group<Row> {
  readonly name: string
  readonly rows: readonly Row[]
}

interface WindowedProps<Row> {
  readonly groups: readonly Group<Row>[]
  readonly rowHeight: number
  readonly head: (group: Group<Row>) => ReactNode
  readonly row: (row: Row, place: { readonly index: number; readonly total: number }) => ReactNode
  readonly keyOf: (row: Row) => string | number
}

const headHeight = 40
/** Drawn beyond the edges of the window, in pixels: a fast thumb does not outrun it. */
const beyond = 600

/** A long list in groups, of which only the rows near the window are drawn: 8,000 cost as much as 30. */
export function Windowed<Row>({ groups, rowHeight, head, row, keyOf }: WindowedProps<Row>) {
  const list = useRef<HTMLDivElement>(null)
  const { from, to } = useVisible(list)
  const placed = useMemo(() => place(groups, rowHeight), [groups, rowHeight])
  const total = placed.at(-1)?.end ?? 0
  return (
    <div ref={list} className="windowed">
      {placed.map(({ group, top, start }) => {
        const height = headHeight + group.rows.length * rowHeight
        const near = top < to && top + height > from
        const first = Math.max(0, Math.floor((from - top - headHeight) / rowHeight))
        const last = Math.min(group.rows.length, Math.ceil((to - top - headHeight) / rowHeight))
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group.name} role="group" aria-label={group.name} className="windowed-group" style={{ height }}>
            {near && (
              <>
                <div className="windowed-head" style={{ height: headHeight }}>
                  {head(group)}
                </div>
                <div style={{ height: first * rowHeight }} />
                {group.rows.slice(first, last).map((one, at) => (
                  <div key={keyOf(one)} className="windowed-row" style={{ height: rowHeight }}>
                    {row(one, { index: start + first + at, total })}
                  </div>
                ))}
              </>
            )}
          </div>
        )
      })}
    </div>
  )
}

interface Placed<Row> {
  readonly group: Group<Row>
  readonly top: number
  /** Its rows' numbers in the whole list. */
  readonly start: number
  readonly end: number
}

function place<Row>(groups: readonly Group<Row>[], rowHeight: number): Placed<Row>[] {
  let top = 0
  let start = 0
  return groups.map((group) => {
    const placed = { group, top, start, end: start + group.rows.length }
    top += headHeight + group.rows.length * rowHeight
    start = placed.end
    return placed
  })
}

/** Which part of a list is in or near the window, in pixels of the list, whichever element scrolls. */
function useVisible(list: RefObject<HTMLElement | null>): { readonly from: number; readonly to: number } {
  const [top, setTop] = useState(0)
  useEffect(() => {
    const look = (): void => {
      const above = -(list.current?.getBoundingClientRect().top ?? 0)
      // In steps: not every pixel scrolled is worth drawing for.
      setTop(Math.round(above / 200) * 200)
    }
    look()
    window.addEventListener('scroll', look, { capture: true, passive: true })
    window.addEventListener('resize', look)
    // What stands above it comes and goes (a skeleton, a panel of filters), and moves it without any scrolling.
    const moved = new ResizeObserver(look)
    moved.observe(document.body)
    if (list.current) moved.observe(list.current)
    return () => {
      moved.disconnect()
      window.removeEventListener('scroll', look, { capture: true })
      window.removeEventListener('resize', look)
    }
  }, [list])
  return { from: top - beyond, to: top + window.innerHeight + beyond }
}

/** How far down a row stands, for scrolling to it. */
export function offsetOf<Row>(groups: readonly Group<Row>[], rowHeight: number, index: number): number {
  const found = place(groups, rowHeight).find(({ end }) => index < end)
  return found ? found.top + headHeight + (index - found.start) * rowHeight : 0
}
