import './more-button.css'
import { Button } from '@mantine/core'

interface MoreButtonProps {
  readonly more: (() => void) | undefined
  readonly busy: boolean
  readonly words?: string
}

/** The rest of a list, a page at a time. Nothing at the end of it. */
export function MoreButton({ more, busy, words = 'Show older' }: MoreButtonProps) {
  return (
    more && (
      <div className="list-more">
        <Button variant="default" onClick={more} loading={busy}>
          {words}
        </Button>
      </div>
    )
  )
}
