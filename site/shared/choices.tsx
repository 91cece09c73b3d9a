import './choices.css'
import { useId } from 'react'

interface ChoicesProps<Name extends string> {
  readonly label: string
  readonly names: readonly (readonly [Name, word: string, words?: string])[]
  readonly chosen: Name
  readonly choose: (name: Name) => void
}

/** One of a few, each with what it means. */
export function Choices<Name extends string>({ label, names, chosen, choose }: ChoicesProps<Name>) {
  const group = useId()
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {names.map(([name, word, words]) => (
        <label key={name} className="choice">
          <input type="radio" name={group} checked={name === chosen} onChange={() => choose(name)} />
          <span className="choice-name">{word}</span>
          {words && <span className="choice-words">{words}</span>}
        </label>
      ))}
    </fieldset>
  )
}
