import '../../shared/table.css'
import './close-page.css'
import { Button, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { inWords } from '../../shared/amounts.ts'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { useMe } from '../me.ts'
import { session } from '../session.ts'
import { ProofForm } from './proof-form.tsx'

type Closure = Answer<'GET /api/me/closure'>

/** What closing means, before it is done: what stands in the way, what becomes of the balance, and of everything else. */
export function ClosePage() {
  const { data: catalogue } = useCatalogue()
  const closure = useAnswer('GET /api/me/closure', {}, { staleMilliseconds: 0 })
  useTitle('Close the account', catalogue?.panelName)
  return (
    <div className="close-page">
      <div className="page-head">
        <h1>Close the account</h1>
      </div>
      {closure.isPending && (
        <div className="card">
          <Bones rows={8} />
        </div>
      )}
      {closure.error && !closure.data && (
        <FailureNotice failure={closure.error} title="It could not be read" retry={() => void closure.refetch()} />
      )}
      {closure.data && <Before closure={closure.data} />}
    </div>
  )
}

const reasons: Readonly<Record<Closure['obstacles'][number], string>> = {
  'open-orders': 'Orders of yours are under way. When they are over, the account can be closed.',
  'money-held': 'Money of yours is being cleared up. When that is over, the account can be closed.',
  debt: 'There is a debt on the account. Once it is paid, the account can be closed.',
  'credit-waiting': 'A credit to you waits to be agreed to. Once it is decided, the account can be closed.',
}

function Before({ closure }: { readonly closure: Closure }) {
  const { data: me } = useMe()
  const [asking, setAsking] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const left = Number(closure.balance) > 0
  const balance = `${inWords(closure.balance)} ${closure.currency}`
  const close = useChange('POST /api/me/closure', () => {
    session.ended()
    location.replace('/sign-in')
  })
  const isObstructed = closure.obstacles.length > 0
  return (
    <>
      {closure.obstacles.map((obstacle) => (
        <Notice key={obstacle} tone="warn" title="Not yet">
          {reasons[obstacle]}
        </Notice>
      ))}
      {me?.suspended && (
        <Notice tone="info" title="The account is suspended" live={false}>
          You can close it all the same; kept again, it is suspended as before. Before anything is erased, the people who run this
          panel look whether a law obliges them to keep something. Runs of an order that wait are canceled for you if you ask{' '}
          <Link to="/tickets">by a ticket</Link>.
        </Notice>
      )}
      <section className="card close-card stack" aria-label="What happens when">
        <h2>What happens when</h2>
        <ul className="close-facts">
          <li>
            <strong>At once:</strong> every browser is signed out, every API key ends, nothing can be ordered.
          </li>
          <li>
            <strong>For {closure.graceDays} days:</strong> nothing is erased. Sign in and choose “Keep my account”, and everything
            is as it was, except for API keys.
          </li>
          <li>
            <strong>After {closure.graceDays} days:</strong> everything below is erased. Nobody can bring it back.
          </li>
          <li>
            <strong>{yearsOf(closure.recordDays)} later:</strong> what was kept of your transactions, under a number that names
            nobody, goes too. Copies for recovery are gone within 7 days.
          </li>
        </ul>
        {left ? (
          <Notice tone="warn" title={`${balance} are left on the account`}>
            Closing gives them up: they are taken when the account is erased, and not before. To have them paid out instead,{' '}
            <Link to="/tickets">open a ticket</Link> first.
          </Notice>
        ) : (
          <p className="soft">No balance is left on the account.</p>
        )}
        {left && !isObstructed && (
          <Checkbox label={`I give up ${balance}`} checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
        )}
        <div>
          <Button color="red" disabled={isObstructed || (left && !agreed)} onClick={() => setAsking(true)}>
            Close the account
          </Button>
        </div>
      </section>
      <section className="card close-card" aria-label="What becomes of everything">
        <h2>What becomes of everything</h2>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">What becomes of it</th>
            </tr>
          </thead>
          <tbody>
            {closure.becomes.map(({ what, fate, cut }) => (
              <tr key={what}>
                <td>{what}</td>
                <td className="soft">{words(fate, cut, closure)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Dialog opened={asking} onClose={() => setAsking(false)} title="Close the account?">
        <ProofForm
          email={me?.email}
          verb="Close the account"
          grave
          busy={close.isPending}
          failure={close.error ?? undefined}
          go={(proof) => close.mutate({ body: { ...proof, givesUp: closure.balance } })}
        >
          You are signed out everywhere at once. {left && `You give up ${balance}. `}You have {closure.graceDays} days to change
          your mind.
        </ProofForm>
      </Dialog>
    </>
  )
}

function words(fate: Closure['becomes'][number]['fate'], cut: readonly string[], { graceDays, recordDays }: Closure): string {
  switch (fate) {
    case 'erased':
      return `Erased after ${graceDays} days`
    case 'pseudonymised':
      return `Kept for ${yearsOf(recordDays)} under a number that names nobody${cut.length > 0 ? `, without ${cut.join(', ')}` : ''}`
    case 'expires':
      return 'Goes by itself, within its own time'
  }
}

const yearsOf = (days: number): string => (days < 730 ? `${days} days` : `${Math.round(days / 365.25)} years`)
