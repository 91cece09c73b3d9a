import { environment } from '../../local/environment.ts'
import type { Ports } from '../../local/ports.ts'

/** The functions in this very process, on the running panel's table: as if called past the gateway. */
export async function functionsOf(ports: Ports): Promise<(name: string, event: unknown) => Promise<unknown>> {
  Object.assign(process.env, environment(ports))
  return async (name, event) => {
    const [folder, file] = name.split('.')
    const { handler } = await import(`../../functions/${folder}/${file}.ts`)
    return handler(event, {})
  }
}
