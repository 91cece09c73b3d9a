import './page.css'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { useWasHere } from '../session.ts'
import { Journey } from './journey.tsx'
import { LandingCatalogue } from './landing-catalogue.tsx'
import { Promises } from './promises.tsx'

/** What it is, what it costs, how an order travels, what is promised. */
export function LandingPage() {
  const { data: catalogue } = useCatalogue()
  const navigate = useNavigate()
  const wasHere = useWasHere()
  useTitle('Services, prices and promises', catalogue?.panelName)
  return (
    <PublicFrame>
      <header className="landing-head">
        <h1 className="landing-title">
          Order social-media services from a prepaid balance, at a price you can check to the last digit.
        </h1>
        <p className="landing-actions">
          {wasHere ? (
            <Button size="md" onClick={() => void navigate({ to: '/new' })}>
              New order
            </Button>
          ) : (
            <>
              <Button size="md" onClick={() => void navigate({ to: '/sign-up' })}>
                Create an account
              </Button>
              <Link to="/sign-in">Sign in</Link>
            </>
          )}
        </p>
      </header>
      <LandingCatalogue />
      <section className="landing-section" aria-labelledby="journey">
        <h2 id="journey">How an order travels</h2>
        <p className="soft landing-lead">
          The price is fixed and taken once, before anything is sent. Whatever happens after that, you see it and the money follows.
        </p>
        <Journey />
      </section>
      <Promises />
    </PublicFrame>
  )
}
