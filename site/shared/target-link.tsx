import './target-link.css'
import { IconExternalLink } from '@tabler/icons-react'
import { CopyButton } from './copy-button.tsx'

/** The link of an order: shortened in the middle, copied with a click, opened without telling where from. */
export function TargetLink({ href, actions = true }: { readonly href: string; readonly actions?: boolean }) {
  const plain = href.replace(/^https?:\/\/(www\.)?/, '')
  const tail = plain.length > 24 ? plain.slice(-10) : ''
  return (
    <span className="target-link">
      <span className="target-link-text" title={href}>
        <span className="target-link-head">{tail ? plain.slice(0, -10) : plain}</span>
        {tail && <span className="target-link-tail">{tail}</span>}
      </span>
      {actions && (
        <span className="target-link-actions">
          <CopyButton text={href} label="Copy the link" />
          <a
            className="icon-button"
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label="Open the link in a new tab"
            title="Open in a new tab"
          >
            <IconExternalLink size={16} stroke={1.7} aria-hidden />
          </a>
        </span>
      )}
    </span>
  )
}
