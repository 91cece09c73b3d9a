import '../../shared/table.css'
import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useMay } from '../me.ts'
import { Unveil } from '../unveil.tsx'
import { LookAtAccesses } from './look-at-accesses.tsx'

type Suspicious = Answer<'GET /api/admin/suspicious-access'>

/** Addresses of the access log that were refused much. They are veiled until somebody says what for, and each look is recorded. */
export function SuspiciousAccess({ day }: { readonly day: string }) {
  const [asked, setAsked] = useState<string>()
  return (
    <section className="card" aria-label="Suspicious access">
      <div className="suspicious-head">
        <div>
          <h2>Suspicious access</h2>
          <p className="soft small">Addresses that were refused 20 times or more on this day, from the access log.</p>
        </div>
        {asked !== day && (
          <Button variant="default" leftSection={<IconEye size={16} stroke={1.7} aria-hidden />} onClick={() => setAsked(day)}>
            Look at it
          </Button>
        )}
      </div>
      {asked === day ? <Addresses day={day} /> : <p className="suspicious-foot faint small">Your look will be on record.</p>}
    </section>
  )
}

function Addresses({ day }: { readonly day: string }) {
  const found = useAnswer('GET /api/admin/suspicious-access', { query: { day } })
  const { data, error } = found
  if (error && !data)
    return <FailureNotice failure={error} title="The access log could not be read" retry={() => void found.refetch()} />
  if (!data) return <Bones rows={3} />
  if (data.rows.length === 0)
    return (
      <Nothing icon={IconEye} title="No address was refused much on this day">
        The edge delivers its log late: of the last hours there may be nothing yet.
      </Nothing>
    )
  return <Rows found={data} changed={() => void found.refetch()} />
}

interface RowsProps {
  readonly found: Suspicious
  readonly changed: () => void
}

function Rows({ found: { day, shownUntil, rows, more }, changed }: RowsProps) {
  const may = useMay()
  const show = useChange('POST /api/admin/suspicious-access/look', changed)
  const [looking, setLooking] = useState<string>()
  return (
    <>
      <div className="suspicious-foot">
        <Unveil
          shownUntil={shownUntil}
          what="the addresses"
          words="Show the addresses"
          mayAsk={may('admin.show-addresses')}
          busy={show.isPending}
          failure={show.error}
          forget={show.reset}
          ask={(body, onSuccess) => show.mutate({ body }, { onSuccess })}
        />
      </div>
      <table className="table signal-table">
        <thead>
          <tr>
            <th scope="col">Address</th>
            <th scope="col" className="figure">
              Signing in
            </th>
            <th scope="col" className="figure">
              Not signed in
            </th>
            <th scope="col" className="figure">
              Forbidden
            </th>
            <th scope="col" className="figure">
              Not found
            </th>
            <th scope="col" className="figure">
              Too many
            </th>
            <th scope="col">Last</th>
            <th scope="col">
              <span className="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: veiled addresses are alike, and a row has no state of its own
            <tr key={index}>
              <td className="signal-cell">
                <span className="signal-title tabular">{row.address}</span>
              </td>
              <Figure label="Signing in" times={row.signIns} />
              <Figure label="Not signed in" times={row.unauthorised - Math.min(row.unauthorised, row.signIns)} />
              <Figure label="Forbidden" times={row.forbidden} />
              <Figure label="Not found" times={row.notFound} />
              <Figure label="Too many" times={row.tooMany} />
              <td className="signal-cell soft" data-label="Last">
                <Moment at={row.lastAt} alone />
              </td>
              <td className="signal-cell signal-actions">
                {shownUntil !== undefined && (
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => setLooking(row.address)}
                    aria-label={`What ${row.address} asked for`}
                  >
                    What it asked for
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="signal-more soft">And {count(more)} more, with fewer each.</p>}
      <LookAtAccesses key={looking} day={day} address={looking} close={() => setLooking(undefined)} />
    </>
  )
}

function Figure({ label, times }: { readonly label: string; readonly times: number }) {
  return (
    <td className="signal-cell figure tabular" data-label={label}>
      {times === 0 ? <span className="faint">0</span> : count(times)}
    </td>
  )
}
