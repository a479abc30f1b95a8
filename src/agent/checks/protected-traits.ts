const PEOPLE =
  '(?:people|customers|shoppers|buyers|guests|subscribers|women|men|audience|crowd|generation|adults|folk|folks|clients|users|ones)';

/** Patterns over plain text (plain-text.ts) by the trait that they tell. */
export const protectedTraits: Readonly<Record<string, readonly string[]>> = {
  pregnancy: [
    'pregnan\\S*',
    'expectant \\S+',
    'expecting (?:mothers|mums|moms|parents|women|a baby|a child|couples)',
    'mums? to be',
    'moms? to be',
    'mothers? to be',
    '(?:baby|child) on the way',
    'trying for a (?:baby|child)',
  ],
  family: [
    '(?:new |young |single |working |busy )?(?:mothers?|mums?|moms?|mummies|fathers?|dads?|parents|grandparents|grandmothers?|grandfathers?)',
    '(?:with|have|has) (?:young |small |little )?(?:children|kids|babies|a baby|toddlers|families)',
    '(?:young |growing |big )?families',
    '(?:married|unmarried|divorced|widowed|newlywed) ?\\S*',
    'widows?',
    'newlyweds?',
    `single ${PEOPLE}`,
    'housewi(?:fe|ves)',
    'stay at home (?:mums?|moms?|dads?|parents?)',
  ],
  gender: [
    '(?:women|womens|mens|woman|ladies|lady|girls?|females?)',
    '(?:men|man|gentlemen|boys?|males?)',
    '(?:masculine|feminine)',
    '(?<!he or )(?:she|hers)',
    '(?<!his or )her',
    '(?:he|his|him)(?! or (?:she|her))',
    'gender(?:s|ed)?',
  ],
  age: [
    '(?:seniors|senior citizens|pensioners?|retirees?|retired|elderly|old age|oaps?|the old|the young)',
    `(?:old|older|young|younger|mature|aged|middle aged|ageing|aging) ${PEOPLE}`,
    '(?:teens|teenagers?|teenage|adolescents?|youngsters?|youths?|tweens|students?|schoolchildren|twenty somethings|thirty somethings|forty somethings)',
    '(?:millennials?|boomers?|baby boomers?|gen (?:x|y|z|alpha)|generation (?:x|y|z|alpha))',
    '(?:over|under) (?:the age of )?(?:[1-9]0s|sixties|fifties|forties|thirties|(?:18|25|35|45|55|65)s?(?= (?:year|age|and|or)))',
    'in (?:their|his|her) (?:(?:early |mid |late )?(?:twenties|thirties|forties|fifties|sixties|seventies|[2-8]0s))',
    'aged? (?:between )?\\d+',
    '\\d+ years? olds?',
    'age groups?',
    'by age',
    'of a certain age',
  ],
  ethnicity: [
    '(?:asians?|hispanics?|latin(?:os?|as?|x)|africans?|caribbeans?|arabs?|caucasians?|indigenous|indians|chinese|polish|turkish|jamaicans?|immigrants?|migrants?|refugees?|foreigners?|expats?)(?: \\S+)?',
    `(?:black|white|brown|mixed race) ${PEOPLE}`,
    'ethnic\\S*',
    'minorit(?:y|ies)',
    'of colou?r',
    'racial\\S*',
    'nationalit(?:y|ies)',
  ],
  religion: [
    '(?:jews?|jewish|christians?|muslims?|catholics?|protestants?|hindus?|sikhs?|buddhists?|atheists?)',
    'religi\\S+',
    'church ?goers?',
    'believers',
    'devout \\S+',
    'faith (?:communities|groups)',
    'worship(?:pers)?',
    'observant \\S+',
  ],
  health: [
    '(?:disabled|disabilit(?:y|ies)|handicapped|deaf|wheelchair users?)',
    '(?:diabetics?|asthmatics?|alcoholics?|smokers?|dieters?|obese|overweight|depressed|anorexic|autistic|infertile|menopausal)',
    `(?:sick|ill|unhealthy|ailing|frail|unwell) ${PEOPLE}`,
    '(?:patients|sufferers|invalids)',
    '(?:chronic|mental|poor) (?:illness(?:es)?|health|conditions?|pain)',
    '(?:medical|health) (?:needs|conditions?|problems|issues)',
    'health conscious',
    'disease\\S*',
  ],
  sexuality: [
    '(?:gay|gays|lesbians?|bisexuals?|queer|lgbt\\S*|homosexuals?|transgender|trans people|straight (?:people|men|women))',
    'sexual\\S*',
    'same sex',
  ],
  politics: [
    '(?:conservatives?|socialists?|liberals?|republicans?|democrats?|leftists?|right wing|left wing|tory|tories|brexiteers?)(?: voters)?',
    'voters',
    'activists',
    'politic\\S+',
  ],
  union: ['trade unionists?', 'union members?', 'unionists?'],
};

/**
 * Words that tell of people wherever they stand; the phrases above also hold words for goods ("nail polish"), which only
 * tell of people in the text of a persona. Names of goods have lists of their own.
 */
export const peopleByTrait =
  /\b(?:wom[ae]n|females?|m[ae]n|males?|girls?|boys?|mothers?|fathers?|mums?|dads?|parents?|housewi(?:fe|ves)|ladies|gentlemen|elderly|pensioners?|retirees?|seniors?|senior citizens|old(?:er)? people|young(?:er)? people|teen(?:ager)?s?|millennials?|boomers?|gen(?:eration)? ?z|muslims?|christians?|catholics?|jews?|jewish|hindus?|sikhs?|buddhists?|atheists?|immigrants?|foreigners?|refugees?|africans?|asians?|caucasians?|hispanics?|arabs?|gays?|lesbians?|bisexuals?|transgender|straight people|disabled|diabetics?|depressed|widow(?:ed|s)?|divorced|unmarried|single people)\b(?!['’]s day)/i;

/** Of goods, "health" alone says nothing of who buys them. */
export const illness =
  /\b(?:health (?:problems?|conditions?|issues)|medical conditions?|ill(?:ness(?:es)?)?)\b/i;

/** Feasts and fixed phrases in which a listed word tells of nobody. */
export const harmlessPhrases: readonly string[] = [
  '(?:mothers|fathers|womens|valentines|grandparents) day',
  'he or she',
  'his or her',
  'him or her',
  'parent compan(?:y|ies)',
  'student discounts?',
  'family of products',
  'conservative (?:estimate|guess|figure|reading)s?',
  'liberal(?:ly)? (?:use|uses)',
  'guinness',
  'old hands',
  'right hand man',
  'man made',
  'fine china',
];
