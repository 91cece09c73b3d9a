import './page.css'
import { IconChartBar } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bars } from '../../shared/bars.tsx'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { utcDay } from '../../shared/moments.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { Ranked } from '../../shared/ranked.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { useTitle } from '../../shared/title.ts'
import { type Range, ranges } from './ranges.ts'

type Traffic = Answer<'GET /api/admin/traffic'>

const dayMilliseconds = 86_400_000
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const words: Readonly<Record<Range, string>> = { '7': '7 days', '30': '30 days', '90': '90 days', '365': 'A year' }

/** How the site is used: counts by day, in which nobody can be seen. */
export function TrafficPage({ range }: { readonly range: Range }) {
  const today = utcDay(new Date())
  const from = utcDay(new Date(Date.parse(today) - (Number(range) - 1) * dayMilliseconds))
  const navigate = useNavigate()
  const traffic = useAnswer('GET /api/admin/traffic', { query: { from, to: today } }, { every: () => 30_000 })
  const { data, error } = traffic
  useTitle('Traffic', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Traffic</h1>
        <div className="push">
          <Tabs
            label="Days that are shown"
            names={ranges.map((one) => [one, words[one]] as const)}
            chosen={range}
            choose={(to) => void navigate({ to: '/traffic', search: to === '30' ? {} : { days: Number(to) } })}
          />
        </div>
      </div>
      {error && !data && (
        <FailureNotice failure={error} title="The traffic could not be read" retry={() => void traffic.refetch()} />
      )}
      {!data && !error && (
        <div className="card">
          <Bones rows={8} />
        </div>
      )}
      {data && <Drawn traffic={data} />}
    </>
  )
}

function Drawn({ traffic: { days, pages, referrers, browsers, unread } }: { readonly traffic: Traffic }) {
  if (days.every(({ visits, views }) => visits + views === 0) && referrers.length === 0)
    return (
      <section className="card" aria-label="Traffic">
        <Nothing icon={IconChartBar} title="Nobody visited the site in these days">
          Here appear visits and pages by day, where visitors came from, and with which browsers. A visit shows within the hour: the
          edge delivers its log late.
        </Nothing>
      </section>
    )
  return (
    <div className="stack">
      <div className="traffic-sums">
        <ByDay label="Visits" days={days} of="visits" />
        <ByDay label="Pages shown" days={days} of="views" />
      </div>
      <div className="traffic-lists">
        <List title="Pages" rows={pages} none="No page was shown." />
        <List title="Came from" rows={referrers} none="Nobody came by a link of another site." />
        <List title="Browsers" rows={browsers} none="No browser showed a page." />
      </div>
      {unread.lines + unread.files > 0 && (
        <p className="soft small" role="status">
          Left out, because they could not be read: {count(unread.lines)} lines and {count(unread.files)} ends of log files.
        </p>
      )}
      <p className="faint small">
        A visit is a browser at an address on a day (UTC); how many there were is known to within 2 %, and who they were is not
        kept: counts hold no addresses. Programs that show no pages are not counted.
      </p>
    </div>
  )
}

interface ByDayProps {
  readonly label: string
  readonly days: Traffic['days']
  readonly of: 'visits' | 'views'
}

function ByDay({ label, days, of }: ByDayProps) {
  const sum = days.reduce((all, day) => all + day[of], 0)
  return (
    <section className="card traffic-card" aria-label={label}>
      <h2>{label}</h2>
      <p>
        <span className="traffic-sum tabular">{count(sum)}</span> <span className="soft">in {days.length} days</span>
      </p>
      <Bars
        label={`${label}, by day`}
        bars={days.map((day) => ({ name: shortDay.format(new Date(day.day)), key: day.day, value: day[of] }))}
      />
    </section>
  )
}

function List({ title, rows, none }: { readonly title: string; readonly rows: Traffic['pages']; readonly none: string }) {
  return (
    <section className="card traffic-card" aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? <p className="soft">{none}</p> : <Ranked label={title} rows={rows} />}
    </section>
  )
}
