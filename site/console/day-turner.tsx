import './day-turner.css'
import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { utcDay } from '../shared/moments.ts'

const dayMilliseconds = 86_400_000
const shifted = (day: string, days: number): string => utcDay(new Date(Date.parse(day) + days * dayMilliseconds))

interface DayTurnerProps {
  /** By UTC; today is undefined, or any day where there is no need to name one. */
  readonly day: string | undefined
  readonly turn: (day: string | undefined) => void
  readonly anyDay?: boolean
}

/** Goes from day to day, by UTC, and no further than today. */
export function DayTurner({ day, turn, anyDay = false }: DayTurnerProps) {
  const today = utcDay(new Date())
  const shown = day ?? (anyDay ? undefined : today)
  const to = (wanted: string): void => {
    if (/^\d{4}-\d\d-\d\d$/.test(wanted) && wanted <= today) turn(wanted === today && !anyDay ? undefined : wanted)
  }
  return (
    <div className="day-turner">
      <ActionIcon variant="default" size={36} aria-label="The day before" onClick={() => to(shifted(shown ?? today, -1))}>
        <IconChevronLeft size={18} stroke={1.8} aria-hidden />
      </ActionIcon>
      <TextInput
        type="date"
        aria-label="Day, by UTC"
        value={shown ?? ''}
        max={today}
        onChange={(event) => to(event.currentTarget.value)}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label="The day after"
        disabled={shown === undefined || shown >= today}
        onClick={() => to(shifted(shown ?? today, 1))}
      >
        <IconChevronRight size={18} stroke={1.8} aria-hidden />
      </ActionIcon>
      {anyDay && day && (
        <ActionIcon variant="default" size={36} aria-label="Any day" onClick={() => turn(undefined)}>
          <IconX size={18} stroke={1.8} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}
