import './sessions-card.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { ProofForm } from './proof-form.tsx'

type Archive = Answer<'GET /api/me/archives'>['rows'][number]

/** Everything held about oneself, to take away; and the way out. */
export function DataCard({ email, isClosed = false }: { readonly email?: string | undefined; readonly isClosed?: boolean }) {
  const answers = useQueryClient()
  const archives = useAnswer(
    'GET /api/me/archives',
    {},
    { every: (data) => (data?.rows.some(({ state }) => state === 'waiting') ? 4_000 : false) },
  )
  const [asking, setAsking] = useState(false)
  const [fetching, setFetching] = useState<Archive>()
  const ask = useChange('POST /api/me/archives', () => {
    setAsking(false)
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/me/archives') })
  })
  const link = useChange('POST /api/me/archives/link', ({ url }) => {
    setFetching(undefined)
    location.assign(url)
  })
  const rows = archives.data?.rows ?? []
  return (
    <section className="card settings-card" aria-label="Your data">
      <h2>Your data</h2>
      <p className="soft">
        One archive with everything that is held about you, to read and for programs. It is made within minutes; a mail tells you,
        and for seven days you can fetch it here.
      </p>
      {archives.error && rows.length === 0 && (
        <FailureNotice failure={archives.error} title="Your archives could not be read" retry={() => void archives.refetch()} />
      )}
      {rows.length > 0 && (
        <ul className="sessions">
          {rows.map((archive) => (
            <li key={archive.at} className="session">
              <div>
                <div className="session-device">
                  {archive.state === 'ready' ? `Archive, ${sizeOf(archive.bytes)}` : 'Archive, being made'}
                </div>
                <div className="faint small">
                  asked for <Moment at={archive.at} alone start /> ·{' '}
                  {archive.state === 'ready' ? (
                    <>
                      until <Moment at={archive.expiresAt} alone />
                    </>
                  ) : (
                    <>
                      ready by <Moment at={archive.dueAt} alone /> at the latest
                    </>
                  )}
                </div>
              </div>
              {archive.state === 'ready' && (
                <Button size="xs" variant="default" onClick={() => setFetching(archive)}>
                  Fetch it
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap">
        <Button variant="default" disabled={rows.some(({ state }) => state === 'waiting')} onClick={() => setAsking(true)}>
          Get everything about me
        </Button>
        {!isClosed && (
          <Link to="/settings/close" className="small">
            Close the account
          </Link>
        )}
      </div>
      <Dialog opened={asking} onClose={() => setAsking(false)} title="Get everything about you?">
        <ProofForm
          email={email}
          verb="Make the archive"
          busy={ask.isPending}
          failure={ask.error ?? undefined}
          go={(body) => ask.mutate({ body })}
        >
          It holds your orders, payments, tickets and sessions. Whoever has it knows all of that, so your password is asked for, now
          and when you fetch it.
        </ProofForm>
      </Dialog>
      <Dialog opened={fetching !== undefined} onClose={() => setFetching(undefined)} title="Fetch your archive">
        <ProofForm
          email={email}
          verb="Fetch it"
          busy={link.isPending}
          failure={link.error ?? undefined}
          go={(proof) => fetching && link.mutate({ body: { at: fetching.at, ...proof } })}
        >
          Keep it somewhere only you can read it.
        </ProofForm>
      </Dialog>
    </section>
  )
}

const sizeOf = (bytes = 0): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
