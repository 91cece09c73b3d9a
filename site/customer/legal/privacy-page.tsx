import { LegalDocument } from './document.tsx'

export function PrivacyPage() {
  return (
    <LegalDocument title="Privacy">
      <h2>What is held</h2>
      <ul>
        <li>
          <strong>Your account:</strong> your name, your email (a former one for two days after a change), when you joined, what you
          chose under Settings, and which version of the terms you agreed to. Your password goes to the identity service alone.
          Nobody here can read it.
        </li>
        <li>
          <strong>Your money:</strong> the balance, and a ledger of every credit, charge and refund. It is written once and never
          edited. No card or bank account number is stored.
        </li>
        <li>
          <strong>Your orders:</strong> service, link, quantity or comments, charge, and how far each is.
        </li>
        <li>
          <strong>Your sessions and keys:</strong> when and from which address and browser you signed in; the kinds of device you
          have used, so that a new one can be told to you; of recovery codes and API keys a fingerprint, a key’s first characters,
          the addresses you let it be used from, and roughly how much it was used.
        </li>
        <li>
          <strong>Signs of misuse:</strong> how often wrong keys, keys from elsewhere and numbers of other people’s orders were
          tried, by customer and key, and without the address.
        </li>
        <li>
          <strong>What support notes:</strong> what colleagues need to know to help you. You get it with a copy of your data.
        </li>
        <li>
          <strong>What support notes:</strong> what colleagues need to know to help you. You get it with a copy of your data.
        </li>
        <li>
          <strong>The access log:</strong> address, browser type and version, date and time, where you came from, and the page. No
          query strings and no cookies.
        </li>
      </ul>

      <h2>What it is used for</h2>
      <p>
        Running the panel: orders, balance, exact records. Telling you about your account. Finding fraud and misuse. Answering
        lawful requests. Nothing else: no advertising, and no profile of you for anybody.
      </p>

      <h2>Who else sees it</h2>
      <ul>
        <li>
          Providers get what an order needs: their own service number, the link, the quantity, your comments where the service is
          made of them. Never who you are.
        </li>
        <li>Staff see an account only in a role that needs it, and each look is recorded where staff cannot change it.</li>
        <li>Nothing is sold or rented. These pages load nothing from anybody else; your browser is told to refuse it.</li>
      </ul>

      <h2>Cookies</h2>
      <p>
        One for the session and one to renew it, which scripts cannot read, one while you sign up, and one between the password and
        the second factor. The theme and the language you choose are kept with your account and in your browser. With cookies off
        you can read services and prices, and the sign-in page tells you what does not work.
      </p>

      <h2>How long</h2>
      <p>
        Account data and records of money stay while the account is open. The list of where you are signed in forgets a sign-in
        thirty days after it was last used, the list of kinds of device a year after. How much keys were used and signs of misuse
        are forgotten after thirty days. Entries of the access log expire by themselves. Recovery copies age out within 7 days.
      </p>

      <h2>Your rights</h2>
      <p>
        Ask the people who run this panel for everything held about you, for a correction, or to close the account and have what is
        not needed for records of money erased.
      </p>
    </LegalDocument>
  )
}
