import './inquiry.css'
import { Button, TextInput } from '@mantine/core'
import { IconMailCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { SlipWarning, TextField } from '../../shared/tickets/text-field.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { isEmail } from '../entrance/is-email.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { Trap } from './trap.tsx'
import { useSending } from './use-sending.ts'

const empty = { name: '', email: '', subject: '', text: '', website: '' }

/** Writes to the people who run the panel; needs no account and no cookie. */
export function ContactPage() {
  const { data: catalogue } = useCatalogue()
  const send = useChange('POST /api/contact')
  const [letter, setLetter] = useState(empty)
  useTitle('Contact', catalogue?.panelName)
  const set = (part: Partial<typeof empty>): void => setLetter((was) => ({ ...was, ...part }))
  const isReady =
    letter.name.trim() !== '' && isEmail(letter.email) === null && letter.subject.trim().length >= 3 && letter.text.trim() !== ''
  const { isSending, answer, failure, submit } = useSending(isReady, (proof) => send.mutateAsync({ body: { ...letter, ...proof } }))
  return (
    <PublicFrame>
      <section className="card inquiry" aria-label="Contact">
        {answer ? (
          <Nothing icon={IconMailCheck} title="It is with us">
            We answer to {letter.email}. What you wrote is kept for a year, and read by nobody but the people who answer.
          </Nothing>
        ) : (
          <>
            <h1>Contact</h1>
            <p className="soft inquiry-lead">
              For questions without an account: we answer by mail. With one, a <Link to="/tickets/new">ticket</Link> is faster,
              because we see your orders. Somebody orders things for your profile? <Link to="/abuse">Report it</Link>.
            </p>
            <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
              {failure && (
                <FailureNotice failure={failure} title={failure.mayHaveHappened ? 'We did not hear back' : 'It was not sent'} />
              )}
              <TextInput
                label="Name"
                autoComplete="name"
                maxLength={100}
                value={letter.name}
                onChange={(event) => set({ name: event.currentTarget.value })}
              />
              <TextInput
                label="Email"
                type="email"
                autoComplete="email"
                maxLength={254}
                value={letter.email}
                onChange={(event) => set({ email: event.currentTarget.value })}
              />
              <TextInput
                label="Subject"
                maxLength={120}
                value={letter.subject}
                onChange={(event) => set({ subject: event.currentTarget.value })}
              />
              <SlipWarning texts={[letter.name, letter.subject]} />
              <TextField label="Your message" value={letter.text} change={(text) => set({ text })} />
              <Trap value={letter.website} change={(website) => set({ website })} />
              <div>
                <Button type="submit" loading={isSending} disabled={!isReady}>
                  Send
                </Button>
              </div>
              <p className="faint small">
                Before it is sent, your browser works for a second to show that no machine writes by the thousand. Nobody else is
                asked.
              </p>
            </form>
          </>
        )}
      </section>
    </PublicFrame>
  )
}
