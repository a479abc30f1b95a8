/** Pixels that a chart takes on the page of a report, or of a phone, where nobody says how wide it shall be. */
export const pageWidth = (narrow: boolean): number => (narrow ? 330 : 960);
