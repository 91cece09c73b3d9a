import { Link } from '@tanstack/react-router'
import { LegalDocument } from './document.tsx'

export function TermsPage() {
  return (
    <LegalDocument title="Terms">
      <h2>What you get</h2>
      <p>
        An account with a prepaid balance. You order services from the catalogue for links you name; the panel passes each order on
        to a provider and tells you how it goes. Providers are independent of the networks their services concern.
      </p>

      <h2>What you pay</h2>
      <ul>
        <li>
          The price is the service’s rate at the moment you order, times the quantity, divided by 1,000, rounded up to a millionth.
          A package has one price.
        </li>
        <li>The charge is taken from your balance once, when the order is accepted. The same request sent twice is one order.</li>
        <li>
          What is not delivered is not paid for: when an order ends partial or canceled, the charge for what remained goes back to
          your balance.
        </li>
        <li>
          When a provider’s answer is lost, nobody knows whether it began. Such an order is marked as being checked. It is neither
          sent again nor refunded until it is known what happened.
        </li>
        <li>
          The balance can be spent on this panel. It cannot be passed on to other customers. Ask staff for money back; it goes the
          way it came.
        </li>
      </ul>

      <h2>What you must not do</h2>
      <ul>
        <li>Do not order for links you have no right to promote, or that break the law or harm people.</li>
        <li>
          Do not use what you buy to deceive. In the United States 16 CFR 465.8 forbids buying and selling fake indicators of
          social-media influence, and 465.2 forbids fake reviews; other countries have rules of their own. Knowing which apply to
          you is up to you.
        </li>
        <li>Do not hand anybody’s password to this panel. No form asks for one but the form for your own.</li>
        <li>Keep your password and API keys to yourself. What is ordered with them is ordered by you.</li>
      </ul>

      <h2>When things go wrong</h2>
      <p>
        Accounts can be suspended for misuse, fraud or disputed payments. The balance is kept, orders under way go on, and refunds
        still arrive. If you think a charge is wrong, name the order: every movement of your money is in your statement, with the
        balance it left.
      </p>

      <h2>Changes</h2>
      <p>
        These terms have a version, and the one you agreed to is on record with the time. A new version is published here. What is
        held about you is told on the <Link to="/privacy">privacy page</Link>.
      </p>
    </LegalDocument>
  )
}
