import './about.css'
import { converted, inWords } from '../shared/amounts.ts'
import { useAnswer } from '../shared/answers.ts'
import { useCatalogue } from './catalogue.ts'
import { useWasHere } from './session.ts'

/** An amount in the currency its reader chose to have beside the exact one; nothing where none was chosen. */
export function About({ of }: { readonly of: string }) {
  const signedIn = useWasHere()
  const ledger = useCatalogue().data?.currency
  const { data: me } = useAnswer('GET /api/me', {}, { enabled: signedIn, staleMilliseconds: 60_000 })
  const wanted = me?.preferences.currency
  const { data } = useAnswer('GET /api/currencies', {}, { enabled: wanted !== undefined, staleMilliseconds: 5 * 60_000 })
  const rate = data?.rates.find(({ currency }) => currency === wanted)?.rate
  if (rate === undefined || wanted === ledger) return null
  return (
    <span className="about-amount" title="About as much. What is charged is the exact amount.">
      ≈ {inWords(converted(of, rate))} {wanted}
    </span>
  )
}
