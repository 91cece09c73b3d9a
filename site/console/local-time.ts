/** A time for a field of the kind `datetime-local`, in UTC. */
export const forField = (at: Date): string => at.toISOString().slice(0, 16)
/** And back; undefined for what is no time. */
export function fromField(text: string): string | undefined {
  const at = new Date(`${text}:00Z`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
