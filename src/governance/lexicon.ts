/** The special categories of the UK and EU GDPR (article 9) that what people buy can give away. */
export type SensitiveCategory =
  | 'health'
  | 'belief'
  | 'politics'
  | 'sexuality'
  | 'ethnicity'
  | 'union'
  | 'biometric';

/**
 * Words and phrases, in lower case and without accents, that mark a product or category as telling of a category of
 * article 9. They match whole words, plurals included; a `*` at the end matches any ending, for languages that build
 * long words. English first, then obvious words of German, French, Spanish, Italian, Dutch and Polish.
 *
 * Where the line is drawn: a word is listed where buying the thing says something of most of those who buy it.
 * Hence Christmas, Easter, Halloween and Valentine's goods are not listed (everybody buys them), nor angels, crosses in
 * jewellery or "church candles" (a style of candle), vegan food, vitamins and first-aid kits (too common to tell), nor
 * "pride", "union", "party", "black", "white", "labour" or "depression" alone (too many other meanings). Bibles,
 * kippot, incontinence pads and party membership are listed.
 */
export const lexicon: Readonly<Record<SensitiveCategory, readonly string[]>> = {
  health: phrases(`
    medicine, medication, medicinal, medical, pharmacy, pharmaceutical*, prescription, antibiotic,
    incontinence, diabetes, diabetic, insulin, blood glucose, glucose meter, blood pressure, pregnancy,
    pregnant, prenatal, maternity, fertility, infertility, ovulation, menopause, menopausal, contraceptive,
    contraception, hiv, aids test, cancer, chemotherapy, chemo, mastectomy, ostomy, stoma, catheter,
    wheelchair, mobility scooter, mobility aid, walking frame, zimmer frame, crutch, hearing aid,
    orthopaedic, orthopedic, prosthetic, prosthesis, disability, disabled, dementia, alzheimer, parkinson,
    autism, autistic, adhd, epilepsy, asthma, inhaler, coeliac, celiac, eczema, psoriasis, migraine,
    arthritis, haemorrhoid, hemorrhoid, anxiety relief, antidepressant, mental health, therapy session,
    psychotherapy, rehab, addiction, alcoholism, smoking cessation, quit smoking, nicotine patch,
    nicotine gum, weight loss, slimming pill, diet pill, obesity, bariatric, pain relief, painkiller,
    covid test, erectile, viagra, cbd oil, medical cannabis, infertilite, grossesse, enceinte, medicament,
    pharmacie, diabetique, fauteuil roulant, medikament*, arznei*, apotheke*, rollstuhl*, schwangerschaft*,
    inkontinenz*, diabetiker*, horgerat*, medicamento, farmacia, embarazo, silla de ruedas, farmaco,
    gravidanza, sedia a rotelle, geneesmiddel*, rolstoel*, zwangerschap*, apotheek, lekarstwo, apteka, ciaza`),
  belief: phrases(`
    bible, biblical, gospel book, hymn book, prayer book, prayer mat, prayer rug, prayer shawl, rosary,
    crucifix, communion, baptism, christening, confirmation gift, bar mitzvah, bat mitzvah, menorah,
    mezuzah, kippah, kippot, yarmulke, tallit, torah, talmud, hanukkah, chanukah, passover, seder, kosher,
    halal, quran, koran, hijab, niqab, abaya, burqa, ramadan, eid, diwali, puja, hindu, hinduism, sikh,
    turban, kirpan, buddhist, christian, christianity, catholic, islamic, islam, muslim, jewish, judaism,
    religious, religion, church supplies, atheist, wicca, wiccan, pagan, freemason, masonic, bibel*,
    rosenkranz*, kommunion*, gebetsteppich*, religios*, chapelet, tapis de priere, coran, bapteme,
    premiere communion, biblia, primera comunion, bautizo, bibbia, rosario, prima comunione, battesimo,
    bijbel*, rozenkrans*, gebedskleed*, rozaniec, komunia`),
  politics: phrases(`
    political, politics, election, campaign badge, conservative party, labour party, green party membership,
    liberal democrat, republican party, democratic party, party membership, maga, brexit, socialist,
    socialism, communist, communism, fascist, nationalist, anarchist, black lives matter,
    extinction rebellion, politique, politik, politisch*, wahlkampf*, politica, politiek*, polityka,
    elezioni, elecciones`),
  sexuality: phrases(`
    sex toy, sexual, sexuality, sexual wellness, adult toy, vibrator, dildo, erotic, erotica, fetish,
    bondage, condom, lubricant gel, personal lubricant, gay, lesbian, bisexual, transgender, queer, lgbt,
    lgbtq, lgbtqia, pride flag, rainbow pride, gay pride, pride month, chest binder, gender affirming,
    preservatif, jouet sexuel, sextoy, kondom, sexspielzeug*, erotik*, erotisch*, preservativo,
    juguete sexual, condoom, erotyka, prezerwatywa`),
  ethnicity: phrases(`
    ethnic, ethnicity, afro hair, afro comb, afro caribbean, african american, black hair care,
    textured hair, hair relaxer, skin lightening, skin whitening, romani, gypsy heritage, ancestry test,
    ancestry kit, heritage test, ethnique, ethnisch*, etnico, etnica`),
  union: phrases(`
    trade union, labour union, labor union, union membership, union dues, strike fund, gewerkschaft*,
    syndicat, syndical, sindicato, sindacato, vakbond*, zwiazek zawodowy`),
  biometric: phrases(`
    biometric, fingerprint, facial recognition, face recognition, iris scan, iris scanner, retina scan,
    voice print, dna test, dna kit, dna testing, genetic test, genetic testing, genome, gentest*, test adn,
    fingerabdruck*, empreinte digitale, huella dactilar, impronta digitale, vingerafdruk*`),
};

/** Phrases in which a listed word means something harmless; they are taken out before the words are looked for. */
export const harmless: readonly string[] = phrases(`
  medicine ball, medicine cabinet, cancer zodiac, zodiac cancer, cancer star sign, communion wine glass,
  christian dior, christian louboutin, fingerprint proof, fingerprint resistant, anti fingerprint,
  political globe, turban headband, turban towel, hair turban, towel turban, political map, gay lussac, gardeners bible,
  cooks bible, bakers bible, baking bible, cocktail bible, sewing bible, knitting bible, rosary pea,
  rosary vine, style bible`);

function phrases(text: string): string[] {
  return text.split(',').map(phrase => phrase.trim());
}
