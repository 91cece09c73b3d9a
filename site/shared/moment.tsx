import './exact.css'
import { ago, exactMoment } from './moments.ts'
import { useNow } from './use-now.ts'

/** A time: "12 min ago" within a day, a date beyond; to the second and with its zone on hover and focus. */
export function Moment({
  at,
  alone = false,
  start = false,
}: {
  readonly at: string
  readonly alone?: boolean
  readonly start?: boolean
}) {
  const date = new Date(at)
  return (
    <time
      className={start ? 'moment exact-start' : 'moment'}
      dateTime={at}
      data-exact={exactMoment(date)}
      {...(alone ? { tabIndex: 0 } : {})}
    >
      {ago(date, useNow())}
    </time>
  )
}
