import './fallbacks.css'
import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer, Asked } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { count } from '../../shared/amounts.ts'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import { useProviders } from '../orders/use-providers.ts'
import { AddFallback } from './add-fallback.tsx'
import { margin } from './service-line.tsx'
import type { StaffService } from './service-page.tsx'

export type FallbackRow = Answer<'GET /api/admin/services/{serviceId}/fallbacks'>['rows'][number]
type Wanted = Asked<'PUT /api/admin/services/{serviceId}/fallbacks'>['body']['fallbacks'][number]

const most = 5

/** Where orders go, one after the other, when the provider before does not take them. */
export function Fallbacks({ service }: { readonly service: Pick<StaffService, 'serviceId' | 'revision' | 'type'> }) {
  const { serviceId, revision, type } = service
  const path = { serviceId: String(serviceId) }
  const { data } = useAnswer('GET /api/admin/services/{serviceId}/fallbacks', { path })
  const may = useMay()
  const answers = useQueryClient()
  const [draft, setDraft] = useState<readonly FallbackRow[]>()
  const [doing, setDoing] = useState<'add' | 'save'>()
  const set = useChange('PUT /api/admin/services/{serviceId}/fallbacks', () => {
    setDraft(undefined)
    setDoing(undefined)
    void answers.invalidateQueries()
  })
  if (!data) return null
  const rows = draft ?? data.rows
  const change = may('admin.set-fallbacks') ? (to: readonly FallbackRow[]): void => setDraft(to) : undefined
  return (
    <section className="card service-card" aria-label="Fallbacks">
      <h2>When its provider refuses</h2>
      {rows.length === 0 && (
        <p className="soft">The money goes back. Name another provider’s service, and the order goes there instead.</p>
      )}
      <ol className="fallbacks">
        {rows.map((row, at) => (
          <Row
            key={`${row.providerId} ${row.providerServiceId}`}
            row={row}
            rate={data.rate}
            move={change && ((to) => change(moved(rows, at, to)))}
          />
        ))}
      </ol>
      {rows.length > 0 && (
        <p className="faint small">
          An order goes to each once, and only where it costs no more than was paid for it. After the last, the money goes back.
        </p>
      )}
      {change && (
        <div className="row wrap">
          <Button variant="default" disabled={rows.length >= most} onClick={() => setDoing('add')}>
            Add a fallback
          </Button>
          {draft && (
            <>
              <Button onClick={() => setDoing('save')}>Save the order</Button>
              <Button variant="subtle" onClick={() => setDraft(undefined)}>
                Undo
              </Button>
            </>
          )}
        </div>
      )}
      {doing === 'add' && change && (
        <AddFallback
          rate={data.rate}
          type={type}
          close={() => setDoing(undefined)}
          add={(row) => {
            change([...rows, row])
            setDoing(undefined)
          }}
        />
      )}
      {doing === 'save' && (
        <MemoDialog
          opened
          title="Save the fallbacks"
          verb="Save"
          busy={set.isPending}
          failure={set.error ?? undefined}
          go={(memo) =>
            set.mutate({ path, body: { revision: Math.max(revision, data.revision), fallbacks: rows.map(wanted), memo } })
          }
          close={() => setDoing(undefined)}
        >
          {rows.length === 0
            ? 'Without any, what the provider refuses goes back.'
            : `${rows.length} in this order, from the next refusal on.`}
        </MemoDialog>
      )}
    </section>
  )
}

const wanted = ({ providerId, providerServiceId, name, quoted, min, max }: FallbackRow): Wanted => ({
  providerId,
  providerServiceId,
  name,
  quoted,
  min,
  max,
})

/** To another place; away where none is named. */
function moved(rows: readonly FallbackRow[], at: number, to: 'up' | 'down' | 'away'): FallbackRow[] {
  const [one, others] = [rows[at], rows.filter((_, index) => index !== at)]
  if (!one || to === 'away') return others
  const place = Math.max(to === 'up' ? at - 1 : at + 1, 0)
  return [...others.slice(0, place), one, ...others.slice(place)]
}

interface RowProps {
  readonly row: FallbackRow
  readonly rate: string
  readonly move: ((to: 'up' | 'down' | 'away') => void) | undefined
}

function Row({ row, rate, move }: RowProps) {
  const currency = useCurrency()
  const { nameOf } = useProviders()
  const { providerServiceId, name, cost, min, max, status, affordable } = row
  const provider = nameOf(row.providerId) ?? 'A provider that is gone'
  return (
    <li className="fallback">
      <div className="fallback-words">
        <div>
          <strong>{provider}</strong> <span className="faint tabular">{providerServiceId}</span>
        </div>
        <div className="small one-line" title={name}>
          {name}
        </div>
        <div className="small soft tabular">
          {cost === undefined ? 'Nobody knows what it costs' : <Amount of={cost} currency={currency} alone />}
          {cost !== undefined && affordable && `, ${margin(rate, cost)}`} · {count(min)} – {count(max)}
        </div>
        {!affordable && cost !== undefined && <div className="small warn-words">Dearer than the rate: no order goes there.</div>}
        {status !== 'active' && (
          <div className="small warn-words">
            {status === 'paused' ? 'Its provider is paused: passed over meanwhile.' : 'Its provider is going or gone: passed over.'}
          </div>
        )}
      </div>
      {move && (
        <div className="row">
          <ActionIcon variant="subtle" aria-label={`${provider} ${providerServiceId}: earlier`} onClick={() => move('up')}>
            <IconArrowUp size={16} stroke={1.7} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" aria-label={`${provider} ${providerServiceId}: later`} onClick={() => move('down')}>
            <IconArrowDown size={16} stroke={1.7} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" aria-label={`${provider} ${providerServiceId}: remove`} onClick={() => move('away')}>
            <IconTrash size={16} stroke={1.7} aria-hidden />
          </ActionIcon>
        </div>
      )}
    </li>
  )
}
