import './page.css'
import '../../shared/table.css'
import { NativeSelect, TextInput } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { DayTurner } from '../day-turner.tsx'
import { useColleagues } from '../staff/use-colleagues.ts'
import { AuditTable } from './audit-table.tsx'

export interface AuditSearch {
  readonly day?: string
  readonly by?: string
  readonly on?: string
}

/** What staff did and looked at, day by day, with who, why, and what it was before and after. */
export function AuditPage({ search }: { readonly search: AuditSearch }) {
  const navigate = useNavigate()
  const { query, byId } = useColleagues()
  const { rows, isOther, failure, retry, more, isGettingMore } = usePages('GET /api/admin/audit', { query: search })
  const [typed, setTyped] = useState(search.on ?? '')
  useTitle('Audit', 'Console')
  const go = (change: { readonly [K in keyof AuditSearch]: AuditSearch[K] | undefined }): void => {
    const wanted = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== '')
    void navigate({ to: '/audit', search: Object.fromEntries(wanted), resetScroll: false })
  }
  const narrowed = search.by !== undefined || search.on !== undefined
  return (
    <>
      <div className="page-head">
        <h1>Audit</h1>
        <div className="push">
          <DayTurner day={search.day} turn={(day) => go({ day })} />
        </div>
      </div>
      <form
        className="audit-filters"
        onSubmit={(event) => {
          event.preventDefault()
          go({ on: typed.trim() })
        }}
      >
        <NativeSelect
          aria-label="By whom"
          value={search.by ?? ''}
          onChange={(event) => go({ by: event.currentTarget.value })}
          data={[
            { value: '', label: 'Everybody' },
            ...(query.data?.rows ?? []).map(({ staffId, email }) => ({ value: staffId, label: email })),
          ]}
        />
        <TextInput
          aria-label="Done to what"
          placeholder="order 23501, customer 4d1f…"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => go({ on: typed.trim() })}
        />
      </form>
      <section className="card" aria-label={`Records of ${search.day ?? 'today'}`}>
        {failure && (
          <div className="card-body">
            <FailureNotice failure={failure} title="The records could not be read" retry={retry} />
          </div>
        )}
        {!rows && !failure && <Bones rows={8} height={56} />}
        {rows?.length === 0 && !more && (
          <Nothing icon={IconListSearch} title={narrowed ? 'Nothing like this on this day' : 'Nothing on this day'}>
            {narrowed ? 'Another day, or fewer filters, may have it.' : 'Days are counted by UTC.'}
          </Nothing>
        )}
        {rows && rows.length > 0 && (
          <div className={isOther ? 'stale' : undefined} aria-busy={isOther}>
            <AuditTable records={rows} nameOf={(id) => byId.get(id)?.email ?? id} />
          </div>
        )}
        <MoreButton more={more} busy={isGettingMore} />
      </section>
      <p className="faint small audit-foot">
        Each record is a link in a chain: <code>npm run audit -- verify</code> says whether one was altered or taken out.
      </p>
    </>
  )
}
