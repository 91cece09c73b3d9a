type Facts = Readonly<Record<string, string | number | boolean>> | undefined

/** What stood there before and what stands there now, fact by fact. */
export function ChangedFacts({ before, after }: { readonly before: Facts; readonly after: Facts }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    // What stayed as it was is no change.
    (name) => !before || !after || before[name] !== after[name],
  )
  if (names.length === 0) return <span className="faint">–</span>
  return (
    <ul className="bare-list small">
      {names.map((name) => (
        <li key={name} className="audit-fact">
          <span className="faint">{name}</span> {before && name in before && <span>{said(before[name])}</span>}
          {before && after && name in before && name in after && ' → '}
          {after && name in after && <strong>{said(after[name])}</strong>}
        </li>
      ))}
    </ul>
  )
}

const said = (value: string | number | boolean | undefined): string =>
  value === true ? 'yes' : value === false ? 'no' : String(value ?? '')
