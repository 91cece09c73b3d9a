import './customer-frame.css'
import {
  IconCode,
  IconDots,
  IconHistory,
  IconList,
  IconMessages,
  IconPlus,
  IconReceipt2,
  IconSettings,
  IconSpeakerphone,
  IconWallet,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Amount } from '../../shared/amount.tsx'
import { Bone } from '../../shared/bones.tsx'
import { Frame, type Place } from '../../shared/frame.tsx'
import { Mark } from '../../shared/mark.tsx'
import { useCatalogue } from '../catalogue.ts'
import { SearchDialog } from '../finder/search-dialog.tsx'
import { useMe } from '../me.ts'
import { useUnread } from '../tickets/use-unread.ts'
import { AccountMenu } from './account-menu.tsx'
import { MoreSheet } from './more-sheet.tsx'

export const places: readonly Place[] = [
  { to: '/new', label: 'New order', short: 'New', icon: IconPlus },
  { to: '/orders', label: 'Orders', icon: IconReceipt2 },
  { to: '/services', label: 'Services', icon: IconList, aside: true },
  { to: '/wallet', label: 'Wallet', icon: IconWallet },
  { to: '/tickets', label: 'Tickets', icon: IconMessages },
  { to: '/changes', label: 'Changes', icon: IconHistory, aside: true },
  { to: '/news', label: 'News', icon: IconSpeakerphone, aside: true },
  { to: '/keys', label: 'API', icon: IconCode, aside: true },
  { to: '/settings', label: 'Settings', icon: IconSettings, aside: true },
]

/** The frame around a customer's pages. */
export function CustomerFrame({ children }: { readonly children: ReactNode }) {
  const [more, setMore] = useState(false)
  const unread = useUnread()
  return (
    <Frame
      mark={
        <Link to="/new" aria-label="New order">
          <Mark />
        </Link>
      }
      places={places.map((place) => (place.to === '/tickets' ? { ...place, unread } : place))}
      search={<SearchDialog />}
      account={
        <>
          <Balance />
          <AccountMenu />
        </>
      }
      more={
        <button type="button" className="rail-item" onClick={() => setMore(true)} aria-haspopup="dialog">
          <span className="rail-icon">
            <IconDots size={20} stroke={1.7} aria-hidden />
          </span>
          More
        </button>
      }
    >
      {children}
      <MoreSheet opened={more} onClose={() => setMore(false)} />
    </Frame>
  )
}

/** What can be spent, always in sight; leads to where it went. */
function Balance() {
  const { data: me } = useMe()
  const { data: catalogue } = useCatalogue()
  return (
    <Link to="/wallet" className="balance" aria-label="Balance">
      <span className="balance-label">Balance</span>
      {me ? <Amount of={me.wallet.available} currency={catalogue?.currency} /> : <Bone width={64} />}
    </Link>
  )
}
