import './many.css'
import { Button } from '@mantine/core'
import { count } from '../../../shared/amounts.ts'
import { mostAtOnce, type Wish } from './verdicts.ts'

interface ManyBarProps {
  readonly chosen: number
  readonly loaded: number
  readonly chooseAll: () => void
  readonly clear: () => void
  readonly ask: (wish: Wish) => void
  /** Of one alone. */
  readonly again: () => void
  readonly save: () => void
}

/** What can be done with the chosen orders. */
export function ManyBar({ chosen, loaded, chooseAll, clear, ask, again, save }: ManyBarProps) {
  const tooMany = chosen > mostAtOnce
  return (
    <section className="many-bar" aria-label="Chosen orders">
      <span className="tabular" role="status">
        {count(chosen)} chosen{tooMany && `; ${mostAtOnce} at most are refilled or canceled at once`}
      </span>
      {chosen < loaded && (
        <Button variant="subtle" size="xs" onClick={chooseAll}>
          All {count(loaded)} shown
        </Button>
      )}
      <Button variant="subtle" size="xs" onClick={clear}>
        Clear
      </Button>
      <span className="row wrap push">
        <Button variant="default" size="xs" disabled={tooMany} onClick={() => ask('refill')}>
          Refill…
        </Button>
        <Button variant="default" size="xs" disabled={tooMany} onClick={() => ask('cancel')}>
          Cancel…
        </Button>
        {chosen === 1 && (
          <Button variant="default" size="xs" onClick={again}>
            Order again
          </Button>
        )}
        <Button variant="default" size="xs" onClick={save}>
          Save as CSV
        </Button>
      </span>
    </section>
  )
}
