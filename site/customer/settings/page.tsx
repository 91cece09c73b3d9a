import './page.css'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Moment } from '../../shared/moment.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { useSignOut } from '../frame/use-sign-out.ts'
import { useMe } from '../me.ts'
import { Accepted } from './accepted.tsx'
import { AvatarField } from './avatar-field.tsx'
import { ChangeEmail } from './change-email.tsx'
import { ChangeName } from './change-name.tsx'
import { DataCard } from './data-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { PreferencesCard } from './preferences-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { SignInsCard } from './sign-ins-card.tsx'

export function SettingsPage() {
  const { data: catalogue } = useCatalogue()
  const { data: me } = useMe()
  const signOut = useSignOut()
  useTitle('Settings', catalogue?.panelName)
  return (
    <div className="settings">
      <div className="page-head">
        <h1>Settings</h1>
      </div>
      <section className="card settings-card" aria-label="Account">
        <h2>Account</h2>
        <dl className="settings-facts">
          <div>
            <dt>Name</dt>
            <dd className="settings-changeable">
              {me?.fullName}
              {me && <ChangeName fullName={me.fullName} />}
            </dd>
          </div>
          <div>
            <dt>Picture</dt>
            <dd>{me && <AvatarField fileId={me.avatar} />}</dd>
          </div>
          <div>
            <dt>Email</dt>
            <dd className="settings-changeable">
              {me?.email}
              {me && <ChangeEmail email={me.email} />}
            </dd>
          </div>
          <div>
            <dt>Since</dt>
            <dd>{me && <Moment at={me.createdAt} alone start />}</dd>
          </div>
        </dl>
        <p className="row wrap">
          <Button variant="default" onClick={signOut}>
            Sign out
          </Button>
        </p>
      </section>
      <PasswordCard email={me?.email} />
      <SecondFactorCard email={me?.email} />
      <SessionsCard />
      <SignInsCard />
      {me && <PreferencesCard preferences={me.preferences} />}
      <DataCard email={me?.email} />
      <section className="card settings-card" aria-label="Privacy and terms">
        <h2>Privacy and terms</h2>
        <p className="soft">
          What is held about you, what for and how long: <Link to="/privacy">privacy policy</Link> and{' '}
          <Link to="/cookies">cookies</Link>. What you agreed to: <Link to="/terms">terms</Link>. How this panel works:{' '}
          <Link to="/about">how an order travels</Link>.
        </p>
        <Accepted />
      </section>
    </div>
  )
}
