import './mailing-facts.css'
import type { Answer } from '../api.ts'
import { count } from '../shared/amounts.ts'

type Mailing = Answer<'GET /api/admin/policies'>['rows'][number]['mailings'][number]

const states = { waiting: 'under way', done: 'all were told', withdrawn: 'withdrawn' } as const

/** How far something is that is mailed to many: of all who were looked at, who got it. */
export function MailingFacts({ mailing, label }: { readonly mailing: Mailing; readonly label: string }) {
  const { state, mailed, passedOver, unknown, refused } = mailing
  const looked = Math.max(1, mailed + passedOver + unknown + refused)
  const told = `${count(mailed)} mailed, ${count(passedOver)} not concerned or opted out${unknown > 0 ? `, ${count(unknown)} that may or may not have arrived` : ''}${refused > 0 ? `, ${count(refused)} whose address the mail service refuses` : ''}`
  return (
    <div>
      <p className="soft small">
        {label}: {states[state]}. {told}.
      </p>
      <div className="mailing-bar" role="img" aria-label={told}>
        <span data-part="mailed" style={{ inlineSize: `${(100 * mailed) / looked}%` }} />
        <span data-part="unknown" style={{ inlineSize: `${(100 * unknown) / looked}%` }} />
      </div>
    </div>
  )
}
