/** Each may do what the one before it may. */
export const roles = ['viewer', 'analyst', 'approver'] as const;

export type Role = (typeof roles)[number];

/** What a token may do: a role of a person, or for a program to look up the segment of one customer and nothing else. */
export const rights = [...roles, 'lookup'] as const;

export type Right = (typeof rights)[number];
