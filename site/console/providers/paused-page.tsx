import './page.css'
import { Button, Checkbox } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Amount } from '../../shared/amount.tsx'
import { count } from '../../shared/amounts.ts'
import { useChange, usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import { useProviders } from '../orders/use-providers.ts'
import { pauseWords } from './task-words.ts'

/** The server settles no more at once. */
const atOnce = 40

/** Services that the panel took out of sale by itself: each with what happened, for somebody to decide. */
export function PausedPage({ providerId }: { readonly providerId: string }) {
  const list = usePages('GET /api/admin/providers/{providerId}/paused-services', { path: { providerId } })
  const provider = useProviders().nameOf(providerId)
  const may = useMay()
  const currency = useCurrency()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [asking, setAsking] = useState<'sell' | 'disable' | undefined>()
  const answers = useQueryClient()
  const settle = useChange('POST /api/admin/providers/{providerId}/paused-services', () => {
    setAsking(undefined)
    setChosen(new Set())
    void answers.invalidateQueries()
  })
  useTitle('Paused services', 'Console')
  const rows = list.rows
  const choose = (id: number): void =>
    setChosen((known) => (known.has(id) ? new Set([...known].filter((one) => one !== id)) : new Set([...known, id])))
  const decides = may('admin.settle-paused-services')
  return (
    <>
      <div className="page-head">
        <h1>Paused services</h1>
        <Link to="/providers/$providerId" params={{ providerId }} className="push">
          {provider ?? 'Provider'}
        </Link>
      </div>
      <section className="card" aria-label="Paused services">
        {list.failure && !rows && (
          <div className="card-body">
            <FailureNotice failure={list.failure} title="They could not be read" retry={list.retry} />
          </div>
        )}
        {!rows && !list.failure && <Bones rows={5} />}
        {rows?.length === 0 && (
          <Nothing icon={IconChecks} title="Nothing waits for you">
            A service appears here when an import or a price sync finds its price jumped, or that it changed or vanished upstream.
          </Nothing>
        )}
        {rows && rows.length > 0 && (
          <>
            {decides && (
              <div className="card-head wrap">
                <Checkbox
                  label={chosen.size === 0 ? 'Choose all shown' : `${count(chosen.size)} chosen`}
                  checked={chosen.size > 0 && chosen.size >= Math.min(atOnce, rows.length)}
                  indeterminate={chosen.size > 0 && chosen.size < Math.min(atOnce, rows.length)}
                  onChange={() =>
                    setChosen(chosen.size > 0 ? new Set() : new Set(rows.slice(0, atOnce).map(({ serviceId }) => serviceId)))
                  }
                />
                <span className="push row">
                  <Button
                    variant="default"
                    disabled={chosen.size === 0 || chosen.size > atOnce}
                    onClick={() => setAsking('disable')}
                  >
                    Leave out of sale
                  </Button>
                  <Button disabled={chosen.size === 0 || chosen.size > atOnce} onClick={() => setAsking('sell')}>
                    Sell again
                  </Button>
                </span>
              </div>
            )}
            <ul className="paused-list">
              {rows.map((row) => (
                <li key={row.serviceId}>
                  {decides && (
                    <Checkbox
                      aria-label={`Choose ${row.name}`}
                      checked={chosen.has(row.serviceId)}
                      disabled={row.because === 'provider-deleted'}
                      onChange={() => choose(row.serviceId)}
                    />
                  )}
                  <div className="grow">
                    <p>
                      <span className="faint tabular">{row.serviceId}</span> {row.name}
                    </p>
                    <p className="soft small">
                      It {pauseWords[row.because]}
                      {row.because === 'meaning-changed' && <>: now “{row.called}”</>} · <Moment at={row.at} alone />
                    </p>
                  </div>
                  <dl className="paused-money">
                    {row.was !== undefined && <Sum name="Cost was" amount={row.was} />}
                    <Sum name="Costs" amount={row.cost} />
                    <Sum name="Would sell at" amount={row.rate} currency={currency} />
                  </dl>
                </li>
              ))}
            </ul>
            <MoreButton more={list.more} busy={list.isGettingMore} words="Show more" />
          </>
        )}
      </section>
      <MemoDialog
        key={asking ?? 'none'}
        opened={asking !== undefined}
        title={asking === 'sell' ? `Sell ${count(chosen.size)} again?` : `Leave ${count(chosen.size)} out of sale?`}
        verb={asking === 'sell' ? 'Sell again' : 'Leave out of sale'}
        grave={asking === 'disable'}
        busy={settle.isPending}
        failure={settle.error ?? undefined}
        close={() => setAsking(undefined)}
        go={(memo) => asking && settle.mutate({ path: { providerId }, body: { serviceIds: [...chosen], verdict: asking, memo } })}
      >
        {asking === 'sell'
          ? 'They go back on sale at the price shown, which covers what they cost now.'
          : 'They are disabled, and stay so until somebody enables them.'}
      </MemoDialog>
    </>
  )
}

function Sum({ name, amount, currency }: { readonly name: string; readonly amount: string; readonly currency?: string }) {
  return (
    <div>
      <dt className="faint tiny">{name}</dt>
      <dd>
        <Amount of={amount} currency={currency} />
      </dd>
    </div>
  )
}
