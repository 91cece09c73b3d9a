/** What a member of staff is here for. Which endpoint asks for which role stands in the endpoint. */
export const staffRoles = ['owner', 'finance', 'support', 'catalogue', 'read-only'] as const
export type StaffRole = (typeof staffRoles)[number]
