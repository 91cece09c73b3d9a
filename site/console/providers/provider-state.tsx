import '../../shared/state-badge.css'
import { IconCircleCheck, IconPlayerPause } from '@tabler/icons-react'

/** Whether orders are sent to it: a word and an icon. */
export function ProviderState({ status }: { readonly status: 'active' | 'paused' }) {
  const Icon = status === 'active' ? IconCircleCheck : IconPlayerPause
  return (
    <span className="state" data-tone={status === 'active' ? 'good' : 'warn'}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {status === 'active' ? 'Active' : 'Paused'}
    </span>
  )
}
