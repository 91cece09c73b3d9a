import type { ReactNode } from 'react'
import type { Answer } from '../../api.ts'
import { useChange } from '../../shared/answers.ts'
import { Confirm } from '../../shared/confirm.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'

type Requests = Answer<'GET /api/admin/requests'>
export type StaffRefill = Requests['refills'][number]
export type StaffCancel = Requests['cancellations'][number]

/** What is decided on, and how. */
export type Deciding =
  | { readonly refill: StaffRefill; readonly decision: 'start' | 'complete' | 'reject' | 'resend' }
  | { readonly request: StaffCancel; readonly decision: 'take' | 'refuse' | 'resend' }

interface DecideProps {
  readonly deciding: Deciding
  readonly close: () => void
  /** With what is to be told of it. */
  readonly decided: (title: string) => void
}

export function DecideRequest({ deciding, close, decided }: DecideProps) {
  const then = (): void => {
    decided(told(deciding))
    close()
  }
  const refill = useChange('PUT /api/admin/refills/{customerId}/{refillId}', then)
  const cancel = useChange('PUT /api/admin/cancellations/{customerId}/{orderId}', then)
  const { isPending, error } = 'refill' in deciding ? refill : cancel
  const go = (memo?: string): void => {
    if ('refill' in deciding) {
      const { customerId, refillId } = deciding.refill
      const path = { customerId, refillId }
      if (deciding.decision === 'reject') refill.mutate({ path, body: { decision: 'reject', memo: memo ?? '' } })
      else refill.mutate({ path, body: { decision: deciding.decision } })
    } else {
      const { customerId, orderId } = deciding.request
      const path = { customerId, orderId }
      if (deciding.decision === 'refuse') cancel.mutate({ path, body: { decision: 'refuse', memo: memo ?? '' } })
      else cancel.mutate({ path, body: { decision: deciding.decision } })
    }
  }
  const common = { opened: true, busy: isPending, failure: error ?? undefined, close, ...asked(deciding) }
  return deciding.decision === 'reject' || deciding.decision === 'refuse' ? (
    <MemoDialog {...common} grave go={go} />
  ) : (
    <Confirm {...common} go={() => go()} />
  )
}

function asked(deciding: Deciding): { readonly title: string; readonly verb: string; readonly children: ReactNode } {
  if ('refill' in deciding) {
    const name = `refill ${deciding.refill.refillId} of order ${deciding.refill.orderId}`
    switch (deciding.decision) {
      case 'start':
        return { title: `Take up ${name}?`, verb: 'Take it up', children: 'The customer reads that it is under way.' }
      case 'complete':
        return { title: `Is ${name} done?`, verb: 'It is done', children: 'The customer reads that it was refilled.' }
      case 'reject':
        return { title: `Turn ${name} down?`, verb: 'Turn it down', children: 'The customer reads the reason you give here.' }
      case 'resend':
        return {
          title: `Send ${name} to the provider?`,
          verb: 'Send it',
          children: 'If the provider has it from the time before, it may have it twice then: look there first.',
        }
    }
  }
  const name = `order ${deciding.request.orderId}`
  switch (deciding.decision) {
    case 'take':
      return {
        title: `Does the provider stop ${name}?`,
        verb: 'It stops it',
        children: 'No money moves by this. It comes back when the provider reports the order as canceled or partial.',
      }
    case 'refuse':
      return { title: `Let ${name} go on?`, verb: 'It goes on', children: 'The customer reads the reason you give here.' }
    case 'resend':
      return {
        title: `Ask the provider to stop ${name}?`,
        verb: 'Ask it',
        children: 'It may have been asked before. Asked twice, an order is canceled once.',
      }
  }
}

function told(deciding: Deciding): string {
  if ('refill' in deciding) {
    const name = `Refill ${deciding.refill.refillId}`
    switch (deciding.decision) {
      case 'start':
        return `${name} is under way`
      case 'complete':
        return `${name} is done`
      case 'reject':
        return `${name} is turned down`
      case 'resend':
        return `${name} is sent to the provider`
    }
  }
  const name = `Order ${deciding.request.orderId}`
  switch (deciding.decision) {
    case 'take':
      return `${name} is to be stopped`
    case 'refuse':
      return `${name} goes on`
    case 'resend':
      return `${name}: the provider is asked to stop it`
  }
}
