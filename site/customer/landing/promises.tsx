import { IconCoins, IconHelpCircle, IconKey, IconShieldLock, type TablerIcon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface PromiseCard {
  readonly icon: TablerIcon
  readonly title: string
  readonly text: string
  readonly proof: ReactNode
}

const promises: readonly PromiseCard[] = [
  {
    icon: IconCoins,
    title: 'Money is exact',
    text: 'Prices are kept to a millionth and shown as a sum you can follow. Two clicks charge once. What is not delivered comes back, in the statement, beside the balance it left.',
    proof: (
      <>
        <Link to="/services">Every price</Link> and <Link to="/changes">every change of one</Link>, before you sign up
      </>
    ),
  },
  {
    icon: IconHelpCircle,
    title: 'Unknown outcomes are told',
    text: 'When a provider’s answer is lost, nobody knows yet whether it began. Then the order says so. It is not sent a second time and not refunded on a guess: it is settled by what is found out.',
    proof: <Link to="/terms">What the terms say about it</Link>,
  },
  {
    icon: IconShieldLock,
    title: 'Your data stays yours',
    text: 'No advertising, no trackers, nothing loaded from others. Providers get the link and the quantity and never who you are. No form asks for somebody’s password.',
    proof: <Link to="/privacy">What is held, what for, how long</Link>,
  },
  {
    icon: IconKey,
    title: 'Keys nobody can read back',
    text: 'An API key is shown once and kept as a fingerprint. The address speaks the common reseller protocol, and a retry with the same request id never orders twice.',
    proof: <a href="/api/openapi.json">The API, as OpenAPI</a>,
  },
]

/** What is promised, each with where to check it. No numbers that nobody counted. */
export function Promises() {
  return (
    <section className="landing-section" aria-labelledby="promises">
      <h2 id="promises">What is promised</h2>
      <ul className="promises">
        {promises.map(({ icon: Icon, title, text, proof }) => (
          <li key={title} className="promise">
            <Icon size={20} stroke={1.6} aria-hidden />
            <h3>{title}</h3>
            <p className="soft">{text}</p>
            <p className="promise-proof">{proof}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
