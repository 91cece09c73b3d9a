import '../../shared/state-badge.css'
import { IconCircleCheck, IconPlayerPause, IconTrash } from '@tabler/icons-react'
import type { Answer } from '../../api.ts'

export type ProviderStatus = Answer<'GET /api/admin/providers'>['rows'][number]['status']

const states = {
  active: { tone: 'good', says: 'Active', Icon: IconCircleCheck },
  paused: { tone: 'warn', says: 'Paused', Icon: IconPlayerPause },
  closing: { tone: 'bad', says: 'Being deleted', Icon: IconTrash },
} as const satisfies Record<ProviderStatus, unknown>

/** Whether orders are sent to it: a word and an icon. */
export function ProviderState({ status }: { readonly status: ProviderStatus }) {
  const { tone, says, Icon } = states[status]
  return (
    <span className="state" data-tone={tone}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {says}
    </span>
  )
}
