// The few colours of a page: ink, what stands back, and hairlines.
export const INK = '#14171a';
export const SOFT = '#5c6670';
export const HAIR = '#b9c0c7';
