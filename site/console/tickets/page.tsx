import './page.css'
import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { IconChecks, IconDots } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useAnswer, usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { categories, categoryWords } from '../../shared/tickets/words.ts'
import { useTitle } from '../../shared/title.ts'
import type { Show, TicketFilters } from './filters.ts'
import { TicketRows } from './ticket-rows.tsx'

/** What waits for an answer, in the order in which it is to be dealt with. */
export function TicketsPage({ filters }: { readonly filters: TicketFilters }) {
  const navigate = useNavigate()
  const { rows, isOther, failure, retry, more, isGettingMore } = usePages(
    'GET /api/admin/tickets',
    { query: filters },
    { every: () => 60_000 },
  )
  const counts = useAnswer('GET /api/admin/ticket-counts', {}, { every: () => 60_000 })
  useTitle('Tickets', 'Console')
  const look = (next: TicketFilters): void => void navigate({ to: '/tickets', search: next })
  const { show = 'all', category, late } = filters
  const named = (words: string, count: number | undefined) => (count ? `${words} ${count}` : words)
  const isFiltered = Object.keys(filters).length > 0
  return (
    <>
      <div className="page-head">
        <h1>Tickets</h1>
        <Link to="/saved-replies" className="push">
          Saved replies
        </Link>
      </div>
      <section className="card" aria-label="Tickets">
        <div className="ticket-filters">
          <Tabs<Show>
            label="Whose"
            names={[
              ['all', named('All', counts.data?.open)],
              ['mine', named('Mine', counts.data?.mine)],
              ['unassigned', named('Nobody’s', counts.data?.unassigned)],
            ]}
            chosen={show}
            choose={(name) => {
              const { show: _, ...rest } = filters
              look(name === 'all' ? rest : { ...rest, show: name })
            }}
          />
          <NativeSelect
            aria-label="About"
            data={[{ value: '', label: 'About anything' }, ...categories.map((value) => ({ value, label: categoryWords[value] }))]}
            value={category ?? ''}
            onChange={(event) => {
              const chosen = categories.find((one) => one === event.currentTarget.value)
              const { category: _, ...rest } = filters
              look(chosen ? { ...rest, category: chosen } : rest)
            }}
          />
          <Checkbox
            label={named('Late only', counts.data?.late)}
            checked={late === 'yes'}
            onChange={(event) => {
              const { late: _, ...rest } = filters
              look(event.currentTarget.checked ? { ...rest, late: 'yes' } : rest)
            }}
          />
        </div>
        {failure && !rows && (
          <div className="card-body">
            <FailureNotice failure={failure} title="The tickets could not be read" retry={retry} />
          </div>
        )}
        {!rows && !failure && <Bones rows={6} height={64} />}
        {rows?.length === 0 &&
          (more ? (
            <Nothing icon={IconDots} title="None among the first">
              There are many tickets, and those that were looked at are none of these. The rest can be looked through as well.
            </Nothing>
          ) : isFiltered ? (
            <Nothing
              icon={IconChecks}
              title="None of these"
              action={
                <Button variant="default" onClick={() => look({})}>
                  Show all that wait
                </Button>
              }
            />
          ) : (
            <Nothing icon={IconChecks} title="Everybody is answered">
              A ticket appears here when a customer writes, and a privacy request stays until it is closed. What is answered or
              closed is on the page of its customer.
            </Nothing>
          ))}
        {rows && rows.length > 0 && (
          <div className={isOther ? 'stale' : undefined} aria-busy={isOther}>
            <TicketRows rows={rows} />
          </div>
        )}
        <MoreButton more={more} busy={isGettingMore} words="Show more" />
      </section>
    </>
  )
}
