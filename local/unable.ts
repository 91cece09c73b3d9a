/** The panel cannot start, for a reason that a person can mend: the message is a sentence that says how. */
export class Unable extends Error {}
