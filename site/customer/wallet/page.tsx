import './page.css'
import { IconFileText } from '@tabler/icons-react'
import { useEffect } from 'react'
import { Amount } from '../../shared/amount.tsx'
import { isZero } from '../../shared/amounts.ts'
import { usePages } from '../../shared/answers.ts'
import { Bone, Bones } from '../../shared/bones.tsx'
import { CopyButton } from '../../shared/copy-button.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Statement } from '../../shared/statement.tsx'
import { useTitle } from '../../shared/title.ts'
import { About } from '../about.tsx'
import { useCatalogue } from '../catalogue.ts'
import { useMe } from '../me.ts'

/** What there is, where it came from and where it went. */
export function WalletPage() {
  const { data: catalogue } = useCatalogue()
  const me = useMe()
  const entries = usePages('GET /api/wallet/entries', {}, { every: () => 30_000 })
  const currency = catalogue?.currency ?? ''
  const wallet = me.data?.wallet
  // The statement says what its newest movement left: a balance that says otherwise is asked for again.
  const left = entries.rows?.[0]?.balanceAfter
  const differs = wallet !== undefined && left !== undefined && left !== wallet.total
  const readBalance = me.refetch
  useEffect(() => {
    if (differs && left) void readBalance()
  }, [differs, left, readBalance])
  useTitle('Wallet', catalogue?.panelName)
  return (
    <>
      <div className="page-head">
        <h1>Wallet</h1>
      </div>
      <div className="wallet-top">
        <section className="card wallet-balance" aria-label="Balance">
          <p className="soft">Available</p>
          <p className="wallet-amount">
            {wallet ? <Amount of={wallet.available} currency={currency} alone /> : <Bone width={160} height={28} />}
            {wallet && <About of={wallet.available} />}
          </p>
          <dl className="wallet-parts">
            <div>
              <dt>Held</dt>
              <dd>{wallet ? <Amount of={wallet.held} alone /> : <Bone width={56} />}</dd>
              <dd className="faint tiny">
                {wallet && isZero(wallet.held) ? 'Nothing is being cleared up' : 'Yours, while something is cleared up'}
              </dd>
            </div>
            <div>
              <dt>Owed</dt>
              <dd>{wallet ? <Amount of={wallet.debt} alone /> : <Bone width={56} />}</dd>
              <dd className="faint tiny">{wallet && isZero(wallet.debt) ? 'You owe nothing' : 'Paid first from what comes in'}</dd>
            </div>
          </dl>
        </section>
        <section className="card wallet-add" aria-label="Adding to the balance">
          <h2>Adding to the balance</h2>
          <p className="soft">
            This panel takes no payments by itself yet. Whoever runs it credits your account by hand: tell them the email of this
            account and what you have paid. The credit appears below with their note.
          </p>
          {me.data && (
            <p className="wallet-email">
              <span className="one-line">{me.data.email}</span>
              <CopyButton text={me.data.email} label="Copy the email" words />
            </p>
          )}
        </section>
      </div>
      <section className="card" aria-label="Statement">
        <div className="card-head">
          <h2>Statement</h2>
        </div>
        {entries.failure && (
          <div className="card-body">
            <FailureNotice failure={entries.failure} title="The statement could not be read" retry={entries.retry}>
              Your money is as it was.
            </FailureNotice>
          </div>
        )}
        {!entries.rows && !entries.failure && <Bones rows={6} height={48} />}
        {entries.rows?.length === 0 && (
          <Nothing icon={IconFileText} title="No movements yet">
            Credits, orders and refunds are listed here, each with the balance it left.
          </Nothing>
        )}
        {entries.rows && entries.rows.length > 0 && (
          <Statement entries={entries.rows} currency={currency} opens="/orders/$orderId" />
        )}
        <MoreButton more={entries.more} busy={entries.isGettingMore} />
      </section>
    </>
  )
}
