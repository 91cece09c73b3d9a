import './drip-fields.css'
import { TextInput } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { type RefObject, useId, useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { lasts, span } from '../../shared/runs-words.ts'
import type { Draft, Problems } from './draft.ts'

interface DripFieldsProps {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
  readonly problems: Partial<Problems>
  readonly leave: (field: keyof Draft) => void
  readonly fields: Readonly<Record<'runs' | 'interval', RefObject<HTMLElement | null>>>
}

/** Minutes, to be taken with one click. */
const usual = [15, 60, 360, 1_440]

/** Folded away: most orders are delivered at once. Folded again, they are once more. */
export function DripFields({ draft, change, problems, leave, fields }: DripFieldsProps) {
  const [opened, setOpened] = useState(draft.runs !== '')
  const id = useId()
  const fold = (): void => {
    setOpened(!opened)
    if (opened) change({ runs: '', interval: '' })
  }
  const digits = (text: string): string => text.replace(/\D/g, '').slice(0, 5)
  return (
    <div>
      <button type="button" className="drip-fold" aria-expanded={opened} aria-controls={id} onClick={fold}>
        <IconChevronRight size={16} stroke={1.8} aria-hidden />
        Deliver in runs (drip-feed)
      </button>
      <div id={id} hidden={!opened}>
        <div className="drip-pair">
          <TextInput
            label="Runs"
            name="runs"
            inputMode="numeric"
            autoComplete="off"
            placeholder="2 – 1,000"
            ref={fields.runs as RefObject<HTMLInputElement | null>}
            value={draft.runs}
            onChange={(event) => change({ runs: digits(event.currentTarget.value) })}
            onBlur={() => leave('runs')}
            error={problems.runs}
            classNames={{ input: 'tabular' }}
          />
          <TextInput
            label="Minutes between"
            name="interval"
            inputMode="numeric"
            autoComplete="off"
            placeholder="1 – 10,080"
            ref={fields.interval as RefObject<HTMLInputElement | null>}
            value={draft.interval}
            onChange={(event) => change({ interval: digits(event.currentTarget.value) })}
            onBlur={() => leave('interval')}
            error={problems.interval}
            classNames={{ input: 'tabular' }}
          />
        </div>
        <fieldset className="steps">
          <legend className="unseen">Usual intervals</legend>
          {usual.map((minutes) => (
            <button
              key={minutes}
              type="button"
              className="step tabular"
              aria-pressed={draft.interval === String(minutes)}
              onClick={() => change({ interval: String(minutes) })}
            >
              Every {span(minutes)}
            </button>
          ))}
        </fieldset>
        <p className="drip-says small" aria-live="polite">
          {says(draft)}
        </p>
      </div>
    </div>
  )
}

function says({ quantity, runs, interval }: Draft): string {
  const [each, times, minutes] = [Number(quantity), Number(runs), Number(interval)]
  if (times < 2 || minutes < 1) return 'The quantity above is that of one run. The first begins at once.'
  const all = each > 0 ? `${count(each * times)} in all: the` : 'The'
  return `${all} first run at once and the last ${lasts(times, minutes)} later. What has not begun can be canceled, and paused for up to 30 days.`
}
