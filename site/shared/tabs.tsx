import './tabs.css'
import type { ReactNode } from 'react'

interface TabsProps<Name extends string> {
  readonly label: string
  readonly names: readonly (readonly [Name, ReactNode])[]
  readonly chosen: Name
  readonly choose: (name: Name) => void
}

/** One list under several filters; the chosen one is in the address, so it can be linked to and gone back from. */
export function Tabs<Name extends string>({ label, names, chosen, choose }: TabsProps<Name>) {
  return (
    <fieldset className="tabs">
      <legend className="unseen">{label}</legend>
      {names.map(([name, words]) => (
        <button key={name} type="button" className="tab" aria-pressed={name === chosen} onClick={() => choose(name)}>
          {words}
        </button>
      ))}
    </fieldset>
  )
}
