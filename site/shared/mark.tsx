import './mark.css'

/** The panel's mark: a rail and two cards. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect className="mark-ground" width="32" height="32" rx="7" />
      <rect x="7" y="7" width="5.5" height="18" rx="1.8" fill="#fff" />
      <rect x="15" y="7" width="10" height="7.5" rx="1.8" fill="#fff" fillOpacity=".62" />
      <rect x="15" y="17.5" width="10" height="7.5" rx="1.8" fill="#fff" />
    </svg>
  )
}
