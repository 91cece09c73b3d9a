import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { MailingFacts } from '../mailing-facts.tsx'
import { useMay } from '../me.ts'
import { WriteAnnouncement } from './write-announcement.tsx'

type Row = Answer<'GET /api/admin/announcements'>['rows'][number]

/** What customers are told, and how far the mails about it are. */
export function AnnouncementsPage() {
  const list = useAnswer('GET /api/admin/announcements', {}, { every: () => 10_000 })
  const may = useMay()
  useTitle('Announcements', 'Console')
  return (
    <div className="stack">
      <div className="page-head">
        <h1>Announcements</h1>
      </div>
      {may('admin.write-announcement') && <WriteAnnouncement />}
      {list.error && !list.data && (
        <FailureNotice failure={list.error} title="The announcements could not be read" retry={() => void list.refetch()} />
      )}
      {list.isPending && <Bones rows={4} />}
      {list.data?.rows.length === 0 && <Notice tone="info" title="Nothing was announced yet" />}
      {list.data?.rows.map((row) => (
        <AnnouncementCard key={row.announcementId} of={row} />
      ))}
    </div>
  )
}

function AnnouncementCard({ of }: { readonly of: Row }) {
  const answers = useQueryClient()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const withdraw = useChange('POST /api/admin/announcements/withdrawals', async () => {
    setAsking(false)
    await answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/announcements') })
  })
  return (
    <section className="card stack padded-card" aria-label={of.title}>
      <h2>{of.title}</h2>
      <p className="soft small">
        {of.audience === 'everybody' ? 'For everybody' : 'For resellers'}
        {of.importance === 'important' && ', important'}. From <Moment at={of.from} alone /> until <Moment at={of.until} alone />.
        {of.withdrawnAt && (
          <>
            {' '}
            Withdrawn <Moment at={of.withdrawnAt} alone />.
          </>
        )}
      </p>
      <p className="prewrap">{of.text}</p>
      {of.mailing && <MailingFacts mailing={of.mailing} label="Mails" />}
      {!of.withdrawnAt && may('admin.withdraw-announcement') && (
        <div>
          <Button variant="default" onClick={() => setAsking(true)}>
            Withdraw
          </Button>
        </div>
      )}
      <MemoDialog
        opened={asking}
        title="Withdraw the announcement?"
        verb="Withdraw it"
        busy={withdraw.isPending}
        failure={withdraw.error ?? undefined}
        close={() => setAsking(false)}
        go={(memo) => withdraw.mutate({ body: { announcementId: of.announcementId, memo } })}
      >
        It is shown no more, and mailed to nobody else. Who got the mail has it.
      </MemoDialog>
    </section>
  )
}
