import './bones.css'

/** The shape of what is on its way. It does not move: waiting is no event. */
export function Bones({ rows, height = 56 }: { readonly rows: number; readonly height?: number }) {
  return (
    <div className="bones" aria-busy="true">
      <span className="unseen" role="status">
        Loading
      </span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, and never change places
        <div key={row} className="bones-row" style={{ height }} aria-hidden>
          <span className="bone" style={{ width: 64 }} />
          <span className="bone grow" style={{ maxWidth: `${52 - ((row * 13) % 22)}%` }} />
          <span className="bone push" style={{ width: 72 }} />
        </div>
      ))}
    </div>
  )
}

export function Bone({ width, height = 14 }: { readonly width: number | string; readonly height?: number }) {
  return <span className="bone" style={{ width, height }} aria-hidden />
}
