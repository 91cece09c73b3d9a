import '../settings/page.css'
import { Button } from '@mantine/core'
import { IconLock, IconMessages } from '@tabler/icons-react'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import type { SuspensionReason } from '../../../core/identity/suspension.ts'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { Frame, type Place } from '../../shared/frame.tsx'
import { Mark } from '../../shared/mark.tsx'
import { Moment } from '../../shared/moment.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { Accepted } from '../settings/accepted.tsx'
import { DataCard } from '../settings/data-card.tsx'
import { useUnread } from '../tickets/use-unread.ts'
import { AccountMenu } from './account-menu.tsx'
import { useSignOut } from './use-sign-out.ts'

type Me = Answer<'GET /api/me'>

const places: readonly Place[] = [
  { to: '/settings', label: 'Account', icon: IconLock },
  { to: '/tickets', label: 'Tickets', icon: IconMessages },
]
/** All else of an account leads to the one page. */
const isOpen = (path: string): boolean => path === '/settings/close' || /^\/tickets(\/|$)/.test(path)

/** A suspended account: what its owner has a right to, whatever it is suspended for, and nothing else (P-RT-1). */
export function SuspendedAccount({ me }: { readonly me: Me }) {
  const { pathname } = useLocation()
  const unread = useUnread()
  return (
    <Frame
      mark={
        <Link to="/settings" aria-label="Account">
          <Mark />
        </Link>
      }
      places={places.map((place) => (place.to === '/tickets' ? { ...place, unread } : place))}
      search={<span className="grow" />}
      account={<AccountMenu />}
    >
      {isOpen(pathname) ? <Outlet /> : <Standing me={me} />}
    </Frame>
  )
}

const reasons: Readonly<Record<SuspensionReason, string>> = {
  'forbidden-use': 'Something was ordered that the terms forbid.',
  fraud: 'There are signs of fraud.',
  'payment-disputed': 'A payment is disputed.',
  'taken-over': 'It looks as if somebody else got in. Set a new password, and write to us.',
  law: 'A law or a court demands it.',
}

/** The balance is said first, because it is what everybody asks. */
function Standing({ me }: { readonly me: Me }) {
  const { data: catalogue } = useCatalogue()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { since, reason } = me.suspended ?? {}
  useTitle('Suspended', catalogue?.panelName)
  return (
    <div className="settings">
      <div className="page-head">
        <h1>Your balance is kept. This account is suspended.</h1>
      </div>
      <section className="card settings-card" aria-label="Suspension">
        <dl className="settings-facts">
          <div>
            <dt>Balance</dt>
            <dd>
              <Amount of={me.wallet.available} currency={catalogue?.currency} />
            </dd>
          </div>
          {since && (
            <div>
              <dt>Since</dt>
              <dd>
                <Moment at={since} alone start />
              </dd>
            </div>
          )}
          <div>
            <dt>Why</dt>
            <dd>{reason ? reasons[reason] : 'We did not say it here. Ask us.'}</dd>
          </div>
        </dl>
        <p className="soft">
          Nothing can be ordered and no key works until the people who run this panel lift the suspension. Orders that are under way
          go on, and what is refunded goes to the balance. If you think that it is wrong, write to them: this works as ever, and so
          do the rights to your data below.
        </p>
        <div className="row wrap">
          <Button onClick={() => void navigate({ to: '/tickets/new', search: { about: 'other' } })}>Write to support</Button>
          <Button variant="default" onClick={signOut}>
            Sign out
          </Button>
          {reason === 'taken-over' && (
            <Link to="/forgot" className="small">
              Set a new password
            </Link>
          )}
        </div>
      </section>
      <DataCard email={me.email} />
      <section className="card settings-card" aria-label="Privacy and terms">
        <h2>Privacy and terms</h2>
        <p className="soft">
          What is held about you, what for and how long: <Link to="/privacy">privacy policy</Link>. When an account is suspended:{' '}
          <Link to="/terms">terms</Link>.
        </p>
        <Accepted />
      </section>
    </div>
  )
}
