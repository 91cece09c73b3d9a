import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { use, useEffect, useRef, useState } from 'react'
import { type Failure, failureFrom } from '../../../failure.ts'
import { count } from '../../../shared/amounts.ts'
import { CallContext } from '../../../shared/answers.ts'
import { saveCsv } from '../../../shared/csv.ts'
import { FailureNotice } from '../../../shared/failure-notice.tsx'
import type { Service } from '../../catalogue.ts'
import type { Group } from '../page.tsx'
import { ordersLine, ordersStart } from './orders-csv.ts'

interface SaveOrdersProps {
  readonly group: Group
  readonly services: ReadonlyMap<number, Service>
  readonly currency: string
}

/** What was gathered so far; goes on there after a failure. */
interface Gathered {
  readonly lines: readonly string[]
  readonly cursor?: string | undefined
}
const nothing: Gathered = { lines: [] }

/** The whole list, however long, page by page into one file. */
export function SaveOrders({ group, services, currency }: SaveOrdersProps) {
  const call = use(CallContext)
  const [soFar, setSoFar] = useState<number>()
  const [failure, setFailure] = useState<Failure>()
  const kept = useRef(nothing)
  const stopped = useRef(new AbortController())
  useEffect(() => () => stopped.current.abort(), [])

  const gather = async (): Promise<void> => {
    stopped.current = new AbortController()
    const { signal } = stopped.current
    setFailure(undefined)
    setSoFar(kept.current.lines.length)
    try {
      do {
        const { cursor } = kept.current
        const query = { size: '100' as const, ...(group === 'all' ? {} : { group }), ...(cursor === undefined ? {} : { cursor }) }
        const page = await call('GET /api/orders', { query, signal })
        const lines = page.rows.map((order) => ordersLine(order, services.get(order.serviceId)?.name, currency))
        kept.current = { lines: [...kept.current.lines, ...lines], cursor: page.cursor }
        setSoFar(kept.current.lines.length)
      } while (kept.current.cursor !== undefined)
      saveCsv(`orders-${group}-${new Date().toISOString().slice(0, 10)}.csv`, [ordersStart, ...kept.current.lines])
      kept.current = nothing
    } catch (error) {
      if (!signal.aborted) setFailure(failureFrom(error))
    } finally {
      setSoFar(undefined)
    }
  }
  const stop = (): void => {
    stopped.current.abort()
    kept.current = nothing
  }
  if (failure)
    return (
      <div className="card-body">
        <FailureNotice failure={failure} title="The list is not complete" retry={() => void gather()}>
          Nothing was saved yet. It goes on where it stopped.
        </FailureNotice>
      </div>
    )
  return soFar === undefined ? (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconDownload size={16} stroke={1.8} aria-hidden />}
      onClick={() => void gather()}
    >
      {group === 'all' ? 'All as CSV' : 'These as CSV'}
    </Button>
  ) : (
    <span className="row">
      <span className="faint small tabular" role="status">
        {count(soFar)} so far
      </span>
      <Button variant="default" size="xs" onClick={stop}>
        Stop
      </Button>
    </span>
  )
}
