import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Nothing } from '../shared/nothing.tsx'

export function NotFoundPage() {
  return <Nothing icon={IconMapOff} title="There is no page here" action={<Link to="/">To the start</Link>} />
}
