import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { Nothing } from '../shared/nothing.tsx'
import { PublicFrame } from './frame/public-frame.tsx'

export function NotFoundPage() {
  const navigate = useNavigate()
  return (
    <PublicFrame>
      <Nothing
        icon={IconMapOff}
        title="There is no page here"
        action={
          <Button variant="default" onClick={() => void navigate({ to: '/' })}>
            To the start
          </Button>
        }
      >
        The address may be mistyped. Nothing was changed.
      </Nothing>
    </PublicFrame>
  )
}
