/** Figures as tool results tell them: what lies below the digits that anybody uses costs words and tells nothing. */

/** Four decimals, for shares. */
export const roundedShare = (share: number) => Math.round(share * 1e4) / 1e4;

/** Two decimals, for money. */
export const roundedMoney = (amount: number) => Math.round(amount * 100) / 100;

/** Four significant digits, for scores and means. */
export const roundedScore = (score: number) => Number(score.toPrecision(4));
