import { encode } from 'uqr'

/** A QR code, drawn here: what it says never leaves the page. */
export function QrCode({ text }: { readonly text: string }) {
  const { data, size } = encode(text, { border: 0 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      className="enrol-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="The secret as a QR code"
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#11141a" />
    </svg>
  )
}
