/**
 * The words by which sources tell consents, in lower case. What Kindred's own sources write is the first of each list;
 * files may use the others. A state that is in neither list says nothing clearly: it is no yes.
 */
export const consentWords = {
  states: {
    yes: [
      'granted',
      'subscribed',
      'opted_in',
      'opted in',
      'opt_in',
      'opt-in',
      'confirmed',
      'accepted',
      'yes',
      'true',
      'no objection',
    ],
    no: [
      'denied',
      'withdrawn',
      'unsubscribed',
      'objected',
      'refused',
      'rejected',
      'revoked',
      'opted_out',
      'opted out',
      'opt_out',
      'opt-out',
      'suppressed',
      'cleaned',
      'redacted',
      'no',
      'false',
    ],
  },
  channels: {
    any: ['any', 'all', ''],
    email: ['email', 'e-mail', 'mail'],
    advertising: ['advertising', 'ads', 'retargeting'],
    personalisation: ['personalisation', 'personalization', 'onsite', 'website'],
  },
  purposes: {
    marketing: ['marketing', 'newsletter', 'promotions', 'promotional', 'email marketing', ''],
    advertising: ['advertising', 'ads', 'targeted advertising', 'ad_user_data', 'ad_personalization'],
    personalisation: ['personalisation', 'personalization'],
    profiling: ['profiling', 'segmentation'],
    'direct marketing': ['direct marketing', 'direct_marketing', 'direct-marketing'],
  },
} as const;
