/** `special`: a special category (UK/EU GDPR art. 9); `proxy`: stands in for a protected trait; `none`: neither. */
export type Sensitivity = 'none' | 'proxy' | 'special';
