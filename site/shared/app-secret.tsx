import './app-secret.css'
import { encode } from 'uqr'
import { CopyButton } from './copy-button.tsx'

interface AppSecretProps {
  readonly secret: string
  /** What the app scans. */
  readonly address: string
}

/** The secret for an authenticator app, as a picture and as text. */
export function AppSecret({ secret, address }: AppSecretProps) {
  return (
    <>
      <QrCode text={address} />
      <p className="app-secret">
        <code data-testid="totp-secret">{secret.match(/.{1,4}/g)?.join(' ')}</code>
        <CopyButton text={secret} label="Copy the secret" />
      </p>
    </>
  )
}

/** A QR code, drawn here: what it says never leaves the page. */
function QrCode({ text }: { readonly text: string }) {
  const { data, size } = encode(text, { border: 0 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      className="app-secret-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="The secret as a QR code"
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#11141a" />
    </svg>
  )
}
