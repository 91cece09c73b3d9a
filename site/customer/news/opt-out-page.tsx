import './page.css'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'

const names = { announcements: 'Announcements by mail', changes: 'The daily mail of changes' } as const

/** Where the link at the end of a mail leads: one click, and no sign-in. */
export function OptOutPage({ token }: { readonly token: string }) {
  const stop = useChange('POST /api/opt-out')
  useTitle('Stop mails', useCatalogue().data?.panelName)
  const what = token.split('.')[1] === 'changes' ? 'changes' : 'announcements'
  return (
    <PublicFrame narrow>
      <section className="card stack news-card" aria-label="Stop mails">
        <h1>Stop these mails</h1>
        {stop.data ? (
          <Notice tone="good" title={`${names[stop.data.stopped]}: stopped`}>
            No more of them come. You can choose otherwise at any time under <Link to="/settings">Settings</Link>.
          </Notice>
        ) : (
          <>
            <p className="soft">
              {names[what]} will not come any more. Messages about the safety of your account and about new terms still do.
            </p>
            {stop.error && <FailureNotice failure={stop.error} title="Nothing was changed" />}
            <Button loading={stop.isPending} onClick={() => stop.mutate({ body: { token } })}>
              Stop them
            </Button>
          </>
        )}
      </section>
    </PublicFrame>
  )
}
