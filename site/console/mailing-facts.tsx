import type { Answer } from '../api.ts'
import { count } from '../shared/amounts.ts'
import { Bars } from '../shared/bars.tsx'

type Mailing = Answer<'GET /api/admin/policies'>['rows'][number]['mailings'][number]

const states = { waiting: 'being mailed', done: 'mailed', withdrawn: 'withdrawn' } as const

/** How far something is that is mailed to many. */
export function MailingFacts({ mailing, label }: { readonly mailing: Mailing; readonly label: string }) {
  const { state, mailed, passedOver, unknown } = mailing
  return (
    <div>
      <p className="soft small">
        {label}: {states[state]}. {count(mailed)} mailed, {count(passedOver)} not concerned or opted out
        {unknown > 0 && `, ${count(unknown)} that may or may not have arrived`}.
      </p>
      <Bars
        label={`Customers, ${label}`}
        bars={[
          { name: 'Mailed', value: mailed },
          { name: 'Unknown', value: unknown },
          { name: 'Passed over', value: passedOver },
        ]}
      />
    </div>
  )
}
