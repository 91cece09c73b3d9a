import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useMay } from '../me.ts'
import { LegalHold } from './legal-hold.tsx'
import { LetErase } from './let-erase.tsx'
import { CloseFor, MakeArchive } from './on-request.tsx'

const route = 'GET /api/admin/customers/{customerId}/privacy'
export type Standing = Answer<typeof route>

interface TheirDataProps {
  readonly customerId: string
  /** Where the customer asks for it: what is done is noted there. */
  readonly ticketId?: number
  readonly changed?: () => void
}

/** How it stands with a customer's own data, and what can be done about it for them. */
export function TheirData({ customerId, ticketId, changed }: TheirDataProps) {
  const may = useMay()
  const answers = useQueryClient()
  const [doing, setDoing] = useState<'archive' | 'close' | 'erase' | 'hold'>()
  // Every look is recorded: it is asked for again only while an archive is on its way.
  const standing = useAnswer(
    route,
    { path: { customerId } },
    {
      staleMilliseconds: Number.POSITIVE_INFINITY,
      every: (known) => (known?.archives.some(isBeingMade) ? 4_000 : false),
    },
  )
  const { data, error } = standing
  if (error && !data) return <FailureNotice failure={error} title="It could not be read" retry={() => void standing.refetch()} />
  if (!data) return <Bones rows={3} />
  const about = { customerId, ticketId, standing: data }
  const done = (): void => {
    setDoing(undefined)
    void standing.refetch()
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/customers/{customerId}').slice(0, 1) })
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/privacy-requests').slice(0, 1) })
    changed?.()
  }
  const close = (): void => setDoing(undefined)
  const { closure, isHeld } = data
  return (
    <>
      <Facts
        rows={[
          ['Archive', <ArchiveState key="archive" archives={data.archives} />],
          ['Account', <ClosureState key="closure" closure={closure} />],
          ...(isHeld ? [['Legal hold', 'Nothing is erased, and no record expires'] as const] : []),
        ]}
      />
      <div className="stack-tight">
        {!closure && may('admin.request-archive') && (
          <Button
            variant="default"
            fullWidth
            disabled={data.archives.some(({ state }) => state === 'waiting')}
            onClick={() => setDoing('archive')}
          >
            Make their archive
          </Button>
        )}
        {!closure && may('admin.close-account') && (
          <Button variant="default" fullWidth onClick={() => setDoing('close')}>
            Close their account
          </Button>
        )}
        {closure?.awaitsStaff && may('admin.let-erase') && (
          <Button variant="default" fullWidth onClick={() => setDoing('erase')}>
            Let it be erased
          </Button>
        )}
        {closure && may('admin.set-legal-hold') && (
          <Button variant="default" fullWidth onClick={() => setDoing('hold')}>
            {isHeld ? 'Lift the hold' : 'Hold'}
          </Button>
        )}
      </div>
      {doing === 'archive' && <MakeArchive {...about} done={done} close={close} />}
      {doing === 'close' && <CloseFor {...about} done={done} close={close} />}
      {doing === 'erase' && <LetErase customerId={customerId} close={close} changed={done} />}
      {doing === 'hold' && <LegalHold customerId={customerId} on={!isHeld} close={close} changed={done} />}
    </>
  )
}

/** Some seconds, as a rule. One that takes longer is not stared at. */
const isBeingMade = ({ state, at }: Standing['archives'][number]): boolean =>
  state === 'waiting' && Date.now() - Date.parse(at) < 120_000

function ArchiveState({ archives: [newest] }: Pick<Standing, 'archives'>) {
  if (!newest) return 'None'
  return newest.state === 'waiting' ? (
    <span>
      Being made, asked for <Moment at={newest.at} alone start />
    </span>
  ) : (
    <span>
      Ready; they can fetch it until <Moment at={newest.expiresAt} alone />
    </span>
  )
}

function ClosureState({ closure }: Pick<Standing, 'closure'>) {
  if (!closure) return 'Open'
  if (!closure.canBeKept) return 'Closed; it is being erased'
  return (
    <span>
      Closed; {closure.awaitsStaff ? 'you decide whether it may be erased, on ' : 'erased on '}
      <Moment at={closure.eraseAt} alone />
    </span>
  )
}
