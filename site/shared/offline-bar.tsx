import './offline-bar.css'
import { useNetwork } from '@mantine/hooks'
import { IconCloudOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { timeOfDay } from './moments.ts'

/** Says that what is shown may be old, and since when. */
export function OfflineBar() {
  const { online } = useNetwork()
  const [since, setSince] = useState<Date>()
  useEffect(() => setSince(online ? undefined : new Date()), [online])
  return (
    <div role="status">
      {since && (
        <p className="offline-bar">
          <IconCloudOff size={16} stroke={1.8} aria-hidden />
          <span>
            Offline since {timeOfDay(since)}. What is shown may have changed; nothing is charged while there is no connection.
          </span>
        </p>
      )}
    </div>
  )
}
