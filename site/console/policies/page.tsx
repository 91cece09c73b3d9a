import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bars } from '../../shared/bars.tsx'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { forField, fromField } from '../local-time.ts'
import { MailingFacts } from '../mailing-facts.tsx'
import { useMay } from '../me.ts'

type Version = Answer<'GET /api/admin/policies'>['rows'][number]

const noticeDays = 14
const mailingLabels = { policy: 'New version', binding: 'Has to be accepted', announcement: '', changes: '' } as const

/** The versions of the policy: who accepted which, who was told, and which has to be accepted before ordering. */
export function PoliciesPage() {
  const policies = useAnswer('GET /api/admin/policies', {}, { every: () => 10_000 })
  useTitle('Policies', 'Console')
  return (
    <div className="stack">
      <div className="page-head">
        <h1>Terms and policies</h1>
      </div>
      {policies.error && !policies.data && (
        <FailureNotice failure={policies.error} title="The versions could not be read" retry={() => void policies.refetch()} />
      )}
      {policies.isPending && <Bones rows={4} />}
      {policies.data?.rows.length === 0 && (
        <Notice tone="info" title="The first version is published within a minute of the first deployment" />
      )}
      {policies.data?.rows.map((version, at) => (
        <VersionCard key={version.version} of={version} isLatest={at === 0} />
      ))}
    </div>
  )
}

function VersionCard({ of, isLatest }: { readonly of: Version; readonly isLatest: boolean }) {
  const may = useMay()
  const [binding, setBinding] = useState(false)
  const total = of.accepted.reduce((sum, { times }) => sum + times, 0)
  return (
    <section className="card stack padded-card" aria-label={`Version ${of.version}`}>
      <h2>
        Version {of.version}
        {isLatest && ', which holds now'}
      </h2>
      <p className="soft">
        Published <Moment at={of.publishedAt} alone start />. SHA-256 <code>{of.hash.slice(0, 16)}…</code>
      </p>
      {of.bindsFrom ? (
        <Notice tone="warn" title="Has to be accepted before ordering" live={false}>
          From <Moment at={of.bindsFrom} alone /> on, on the site and by API.
        </Notice>
      ) : (
        <p className="soft">Not binding: whoever has not accepted it goes on ordering.</p>
      )}
      <div>
        <p>Accepted by {count(total)}</p>
        {of.accepted.length > 0 && <Bars label="Acceptances by day, the last thirty" bars={lastDays(of.accepted)} />}
      </div>
      {of.mailings.map((mailing) => (
        <MailingFacts key={`${mailing.kind} ${mailing.from}`} mailing={mailing} label={mailingLabels[mailing.kind]} />
      ))}
      {isLatest && may('admin.bind-policy') && (
        <div>
          <Button variant="default" onClick={() => setBinding(true)}>
            {of.bindsFrom ? 'Change the date' : 'Make it binding'}
          </Button>
        </div>
      )}
      <BindDialog version={of.version} opened={binding} close={() => setBinding(false)} />
    </section>
  )
}

const daysDrawn = 30

/** Every day up to today, also those on which nobody accepted. */
function lastDays(accepted: Version['accepted']): { name: string; value: number }[] {
  const times = new Map(accepted.map((one) => [one.day, one.times]))
  return Array.from({ length: daysDrawn }, (_, at) => {
    const name = new Date(Date.now() - (daysDrawn - 1 - at) * 86_400_000).toISOString().slice(0, 10)
    return { name, value: times.get(name) ?? 0 }
  })
}

interface BindDialogProps {
  readonly version: number
  readonly opened: boolean
  readonly close: () => void
}

function BindDialog({ version, opened, close }: BindDialogProps) {
  const answers = useQueryClient()
  const [from, setFrom] = useState(() => forField(new Date(Date.now() + noticeDays * 86_400_000)))
  const bind = useChange('PUT /api/admin/policies/{version}/binding', async () => {
    close()
    await answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/policies') })
  })
  const at = fromField(from)
  return (
    <MemoDialog
      opened={opened}
      title={`Make version ${version} binding?`}
      verb="Make it binding"
      grave
      busy={bind.isPending}
      unready={at === undefined}
      failure={bind.error ?? undefined}
      close={close}
      go={(memo) => at !== undefined && bind.mutate({ path: { version }, body: { from: at, memo } })}
    >
      <p>
        From then on nothing is ordered for customers who have not accepted it: not on the site, not by API. Until then keys go on.
        Everybody whom it concerns is told by mail now. Orders under way, refunds and balances are not touched.
      </p>
      <TextInput type="datetime-local" label="From (UTC)" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
    </MemoDialog>
  )
}
