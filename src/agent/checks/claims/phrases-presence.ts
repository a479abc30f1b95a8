import { type ClaimEntry, OFTEN, PEOPLE, SELDOM } from './entry.ts';

const NOT_LATELY =
  '(?:for (?:a long time|a long while|long|ages|months|weeks|some time)|in (?:a long time|a long while|months|weeks|ages)|lately|recently|since)';

/** Whether they are there: how long known, how lately seen, and what they do beside ordering. */
export const presencePhrases: readonly ClaimEntry[] = [
  {
    about: 'how long ago they last ordered',
    features: { recency: 1, overdue_ratio: 1, recent_value_share: -1 },
    high: [
      '(?:lapsed|lapsing|lost|dormant|inactive|sleeping|fading|absent|overdue|hibernating)',
      '(?:has|have) (?:gone quiet|drifted away|fallen silent|stopped (?:ordering|buying|shopping))',
      '(?:drifting|slipping|fading) away',
      `(?:has|have) not (?:ordered|bought|shopped|been back|come back|returned|been seen) ${NOT_LATELY}`,
      'no recent orders?',
      '(?:last )?(?:ordered|bought|seen) (?:a )?long(?: time| while)? ago',
      '(?:long|well|far) (?:overdue|past)',
      'at risk',
      'churn(?:ing|ed| risks?)?',
      '(?:about|ready) to (?:leave|sleep)',
    ],
    low: [
      '(?:ordered|bought|shopped) (?:only )?(?:lately|recently|just now|days ago|last week)',
      '(?:still|currently|very|recently|newly) active',
      `active ${PEOPLE}`,
      'a recent order',
      '(?:not yet|hardly) (?:due|overdue)',
      'due any day',
    ],
  },
  {
    about: 'how long they have been customers',
    features: { tenure: 1 },
    high: [
      `(?:long standing|long time|longest standing|established) ${PEOPLE}`,
      'customers for (?:a )?long(?: time| while)?',
      'been (?:with (?:us|the shop)|customers|there|around) (?:for )?(?:a )?(?:long|years|very long)',
      'a long history',
      'known (?:us|the shop) for (?:long|years)',
    ],
    low: [
      `(?:new|recent|newly won|first time) ${PEOPLE}`,
      'newcomers?',
      '(?:joined|arrived|came|started|are new) (?:lately|recently|just now|only just)',
      'a short history',
      'new to the shop',
      'just (?:joined|arrived|started)',
    ],
  },
  {
    about: 'how soon they ordered again',
    features: { days_to_second_order: 1 },
    high: ['took long to order again', 'hesitant repeat buyers'],
    low: ['(?:ordered|bought) again (?:soon|quickly|within days)', 'eager repeat buyers'],
  },
  {
    about: 'how much they visit the site',
    features: { sessions: 1, days_since_visit: -1 },
    high: [
      `visits? (?:the (?:site|shop) )?${OFTEN}`,
      'frequent (?:visits|visitors)',
      '(?:visit|look around) (?:the site |the shop )?(?:a lot|much)',
      'visited (?:the site |the shop )?(?:lately|recently)',
    ],
    low: [
      `visits? (?:the (?:site|shop) )?${SELDOM}`,
      `${SELDOM} visits?(?: the (?:site|shop))?`,
      'rare visitors',
      '(?:no longer|hardly) (?:visit|look)(?: in| at the site| the site| the shop)?',
      `(?:has|have) not visited ${NOT_LATELY}`,
    ],
    nouns: { count: ['visits'] },
  },
  {
    about: 'how much they look at on a visit',
    features: { session_depth: 1 },
    high: [
      'looks? at many pages',
      'deep browsers',
      '(?:compare|read|look) (?:long|much|a lot|carefully) before',
    ],
    low: ['looks? at few pages', 'quick visitors'],
    nouns: { count: ['pages (?:a|per) visit', 'pages viewed per visit'] },
  },
  {
    about: 'how often they leave a full cart behind',
    features: { cart_abandonment: 1 },
    high: [
      '(?:often )?leaves? (?:a |their )?(?:full )?(?:carts?|baskets?) behind',
      '(?:often )?abandons? (?:a |their )?(?:full )?(?:carts?|baskets?)',
      'cart leavers',
    ],
    low: [
      `${SELDOM} (?:leaves?|abandons?) (?:a |their )?(?:full )?(?:carts?|baskets?)(?: behind)?`,
      'cart completers',
    ],
    nouns: {
      count: ['abandoned carts', 'abandoned baskets', 'visits with an abandoned cart'],
      rate: ['cart abandonment'],
    },
  },
  {
    about: 'how many of their visits lead to an order',
    features: { browse_to_buy: 1 },
    high: ['orders? on most visits', 'purposeful visitors', 'most visits lead to an order'],
    low: [
      'visits? far more often than (?:they )?orders?',
      'brows(?:e|ing) without (?:buying|ordering)',
      'looks? (?:around )?(?:a lot |much )?(?:but|and) (?:seldom|rarely|hardly) buys?',
      'few visits lead to an order',
    ],
    nouns: { count: ['visits that lead to an order'] },
  },
  {
    about: 'whether advertising brings them',
    features: { paid_visit_share: 1 },
    high: [
      '(?:come|comes|arrive|visit) (?:mostly |mainly |often )?(?:through|from|by) (?:paid )?(?:advertising|ads|advertisements)',
      'advertising led',
    ],
    low: [
      '(?:find|finds|come to) the (?:shop|site) (?:without advertising|unprompted|by themselves|on their own)',
      'unprompted visitors',
    ],
  },
  {
    about: 'how much they read and click e-mails',
    features: { open_rate: 1, click_rate: 1, days_since_click: -1 },
    high: [
      '(?:opens?|reads?|clicks? (?:in|through(?: from)?)) (?:most|many|more|their|the|our|nearly all|almost all)(?: of (?:the|their|our))? emails?',
      '(?:opens?|reads?) emails? often',
      'email (?:readers|clickers)',
      'answer to emails?',
    ],
    low: [
      `${SELDOM} (?:opens?|reads?|clicks?)(?: through| in| on)?(?: from)?(?: their| our| any| the)? emails?`,
      '(?:ignores?|skips?) (?:most |our |their |the )?emails?',
      'few email opens',
      'leave(?:s)? (?:most )?emails? unread',
    ],
    nouns: {
      rate: ['open rates?', 'click rates?', 'email open rates?', 'email click rates?'],
      count: ['email clicks', 'email opens'],
    },
  },
  {
    about: 'whether their interest in e-mails grows',
    features: { engagement_trend: 1 },
    high: ['(?:growing|rising) interest in emails', 'more interest in emails than before', 'warming readers'],
    low: [
      '(?:fading|falling|shrinking) interest in emails',
      'less interest in emails than before',
      'cooling readers',
    ],
  },
  {
    about: 'whether they unsubscribed',
    features: { unsubscribed: 1 },
    high: ['(?:has|have)(?: often| mostly)? unsubscribed', 'unsubscribed buyers'],
    low: ['still accepts? emails'],
  },
  {
    about: 'how often they need support',
    features: { tickets_per_order: 1, tickets: 1 },
    high: [
      '(?:often )?(?:contacts?|needs?|writes? to|calls?|turns? to) support (?:often|a lot|many times|more)',
      'often (?:contacts?|needs?|writes? to|calls?) support',
      'support heavy',
    ],
    low: [`${SELDOM} (?:contacts?|needs?|writes? to|calls?) support`, 'self sufficient'],
    nouns: { count: ['(?:support )?tickets'] },
  },
  {
    about: 'how much they complain',
    features: { complaint_share: 1 },
    high: [
      'complains? (?:often|a lot|more|most)',
      'mostly writes? to complain',
      'mostly complaints',
      'complaining buyers',
    ],
    low: [`${SELDOM} complains?`, 'without complaints?'],
    nouns: { count: ['complaints'] },
  },
  {
    about: 'how pleased they are with support',
    features: { satisfaction: 1 },
    high: ['(?:satisfied|pleased|happy)(?: with (?:the |our )?support)?', 'high satisfaction'],
    low: [
      '(?:dissatisfied|displeased|unhappy|disappointed)(?: with (?:the |our )?support)?',
      'low satisfaction',
    ],
    nouns: { rate: ['satisfaction', 'satisfaction with support'] },
  },
];
