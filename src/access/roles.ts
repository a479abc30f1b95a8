/** Each may do what the one before it may. */
export const roles = ['viewer', 'analyst', 'approver'] as const;

export type Role = (typeof roles)[number];
