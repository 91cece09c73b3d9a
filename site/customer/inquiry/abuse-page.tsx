import './inquiry.css'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { CopyButton } from '../../shared/copy-button.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { TextField } from '../../shared/tickets/text-field.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { isEmail } from '../entrance/is-email.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { Trap } from './trap.tsx'
import { useSending } from './use-sending.ts'

const empty = { target: '', email: '', text: '', website: '' }

/** Says that somebody orders things for one's own profile or page, and has it refused; needs no account and no cookie. */
export function AbusePage() {
  const { data: catalogue } = useCatalogue()
  const send = useChange('POST /api/abuse')
  const [report, setReport] = useState(empty)
  useTitle('Report abuse', catalogue?.panelName)
  const set = (part: Partial<typeof empty>): void => setReport((was) => ({ ...was, ...part }))
  const isReady = report.target.trim().length >= 2 && isEmail(report.email) === null && report.text.trim() !== ''
  const { isSending, answer, failure, submit } = useSending(isReady, (proof) => send.mutateAsync({ body: { ...report, ...proof } }))
  return (
    <PublicFrame>
      <section className="card inquiry" aria-label="Report abuse">
        {answer ? (
          <div className="stack">
            <h1>One thing is left to do</h1>
            <p>
              Put this code where only you can write: into the profile’s bio, the page’s description or the channel’s text. It shows
              us that {report.target} is yours.
            </p>
            <p className="owner-code">
              <strong className="mono">{answer.code}</strong>
              <CopyButton text={answer.code} label="Copy the code" />
            </p>
            <p className="soft">
              A person looks at it, and answers to {report.email}. Then orders for it are refused, those that wait are called off,
              and we ask for those under way to be stopped. You can take the code out again once you have our answer.
            </p>
          </div>
        ) : (
          <>
            <h1>Report abuse</h1>
            <p className="soft inquiry-lead">
              Somebody orders followers, likes or the like for a profile or page of yours, and you do not want them? Tell us which.
              No account is needed, and nothing is asked of you but that you own it.
            </p>
            <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
              {failure && (
                <FailureNotice failure={failure} title={failure.mayHaveHappened ? 'We did not hear back' : 'It was not sent'} />
              )}
              <TextInput
                label="Link of the profile or page"
                description="What lies under a profile, such as its posts, is meant with it."
                placeholder="https://www.instagram.com/somebody"
                inputMode="url"
                autoComplete="off"
                maxLength={2_000}
                value={report.target}
                onChange={(event) => set({ target: event.currentTarget.value })}
              />
              <TextInput
                label="Email"
                description="For our answer alone."
                type="email"
                autoComplete="email"
                maxLength={254}
                value={report.email}
                onChange={(event) => set({ email: event.currentTarget.value })}
              />
              <TextField
                label="What happens"
                description="Since when, and how you notice."
                rows={4}
                value={report.text}
                change={(text) => set({ text })}
              />
              <Trap value={report.website} change={(website) => set({ website })} />
              <div>
                <Button type="submit" loading={isSending} disabled={!isReady}>
                  Report it
                </Button>
              </div>
            </form>
          </>
        )}
      </section>
    </PublicFrame>
  )
}
