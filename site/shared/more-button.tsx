import { Button } from '@mantine/core'

/** The rest of a list, a page at a time. Nothing at the end of it. */
export function MoreButton({ more, busy }: { readonly more: (() => void) | undefined; readonly busy: boolean }) {
  return (
    more && (
      <div className="list-more">
        <Button variant="default" onClick={more} loading={busy}>
          Show older
        </Button>
      </div>
    )
  )
}
