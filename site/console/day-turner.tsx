import './day-turner.css'
import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { utcDay } from '../shared/moments.ts'

const dayMilliseconds = 86_400_000
const shifted = (day: string, days: number): string => utcDay(new Date(Date.parse(day) + days * dayMilliseconds))

interface DayTurnerProps {
  /** By UTC; today is undefined. */
  readonly day: string | undefined
  readonly turn: (day: string | undefined) => void
}

/** Goes from day to day, by UTC, and no further than today. */
export function DayTurner({ day, turn }: DayTurnerProps) {
  const today = utcDay(new Date())
  const shown = day ?? today
  const to = (wanted: string): void => {
    if (/^\d{4}-\d\d-\d\d$/.test(wanted) && wanted <= today) turn(wanted === today ? undefined : wanted)
  }
  return (
    <div className="day-turner">
      <ActionIcon variant="default" size={36} aria-label="The day before" onClick={() => to(shifted(shown, -1))}>
        <IconChevronLeft size={18} stroke={1.8} aria-hidden />
      </ActionIcon>
      <TextInput
        type="date"
        aria-label="Day, by UTC"
        value={shown}
        max={today}
        onChange={(event) => to(event.currentTarget.value)}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label="The day after"
        disabled={shown >= today}
        onClick={() => to(shifted(shown, 1))}
      >
        <IconChevronRight size={18} stroke={1.8} aria-hidden />
      </ActionIcon>
    </div>
  )
}
