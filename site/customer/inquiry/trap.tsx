/** A field that people neither see nor reach: what fills it is no person. */
export function Trap({ value, change }: { readonly value: string; readonly change: (text: string) => void }) {
  return (
    <div className="inquiry-trap" aria-hidden>
      <label>
        Website
        <input
          type="text"
          name="website"
          tabIndex={-1}
          autoComplete="off"
          value={value}
          onChange={(event) => change(event.currentTarget.value)}
        />
      </label>
    </div>
  )
}
