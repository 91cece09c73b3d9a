import './page.css'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { CurrencyRates } from './currency-rates.tsx'

/** Which currencies customers may have amounts shown in besides the exact ones, and at which rates. */
export function CurrenciesPage() {
  const currencies = useAnswer('GET /api/admin/currencies', {})
  const may = useMay()
  useTitle('Currencies', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Display currencies</h1>
      </div>
      <section className="card currencies" aria-label="Display currencies">
        {currencies.error && !currencies.data && (
          <FailureNotice
            failure={currencies.error}
            title="The currencies could not be read"
            retry={() => void currencies.refetch()}
          />
        )}
        {currencies.isPending && <Bones rows={3} />}
        {currencies.data && (
          <CurrencyRates key={currencies.data.changedAt} current={currencies.data} mayChange={may('admin.set-currencies')} />
        )}
      </section>
    </>
  )
}
