/** The style sheet of the page: one column, calm type, light and dark, a phone and a printer. */
export const styles = `
:root{--ink:#1d2733;--faint:#5b6876;--rule:#dfe4e9;--paper:#ffffff;--ground:#f5f6f8;--accent:#0b5cad;--soft:#eef4fb}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf0;--faint:#a3afbb;--rule:#38424d;--paper:#1b2128;--ground:#12171c;--accent:#7db8f2;--soft:#202c38}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans","Liberation Sans",sans-serif}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 24px}
header{padding-top:56px;padding-bottom:8px}
.brand{margin:0 0 8px;color:var(--accent);font-weight:600;letter-spacing:.04em}
h1{margin:0 0 16px;font-size:clamp(1.7rem,4.5vw,2.5rem);line-height:1.15;letter-spacing:-.015em}
.lead{margin:0 0 16px;max-width:46em;font-size:1.15rem}
.note{max-width:56em;margin:0 0 12px;padding:12px 16px;border-left:4px solid #d08700;background:var(--paper);border-radius:0 8px 8px 0}
section{margin:32px 0;padding:28px;background:var(--paper);border:1px solid var(--rule);border-radius:14px}
section[aria-labelledby=segments]{padding:0;background:none;border:0}
h2{margin:0 0 14px;font-size:1.35rem;letter-spacing:-.01em}
section>p{max-width:56em;margin:0 0 16px;color:var(--faint)}
figure{margin:0}
svg{display:block;width:100%;height:auto}
.on-narrow{display:none}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr));gap:20px}
.card{padding:24px;background:var(--paper);border:1px solid var(--rule);border-top:5px solid var(--segment);border-radius:14px}
.card h3{margin:0 0 12px;font-size:1.25rem;letter-spacing:-.01em}
.figures{display:flex;flex-wrap:wrap;gap:8px 32px;margin:0 0 14px}
.figures dt{color:var(--faint);font-size:.82rem}
.figures dd{margin:0;font-size:1.2rem;font-weight:600;font-variant-numeric:tabular-nums}
.figures span{margin-left:4px;color:var(--faint);font-weight:400;font-size:1rem}
.sentence{margin:0 0 16px;font-size:1.05rem}
.action{margin:0 0 16px;padding:12px 16px;background:var(--soft);border-radius:10px}
.action h4{margin:0 0 2px;font-size:.9rem;color:var(--accent)}
.action p{margin:0}
table{width:100%;border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--faint);font-size:.82rem;padding-bottom:4px}
th,td{padding:6px 8px 6px 0;text-align:left;vertical-align:top;border-top:1px solid var(--rule);font-weight:400}
thead th{border-top:0;color:var(--faint);font-size:.82rem}
.card td,.card thead th+th{text-align:right;white-space:nowrap;padding-right:0;padding-left:12px}
.card td.above,.card td.below{font-weight:600}
tr.chosen th,tr.chosen td{font-weight:600;background:var(--soft)}
.wide{min-width:560px}
.scrolls{overflow-x:auto}
details{margin-top:14px}
summary{cursor:pointer;color:var(--accent)}
summary:focus-visible,.scrolls:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.legend{display:flex;flex-wrap:wrap;gap:6px 20px;margin:16px 0 0;padding:0;list-style:none;font-size:.92rem}
.legend li::before{content:"";display:inline-block;width:11px;height:11px;margin-right:7px;border-radius:50%;background:var(--segment)}
.facts{margin:0 0 16px;padding-left:20px}
.columns{columns:3 220px;margin:0;padding-left:18px;color:var(--faint);font-size:.88rem}
footer{padding-top:8px;padding-bottom:56px;color:var(--faint);font-size:.86rem}
code{overflow-wrap:anywhere;font-size:.82rem}
@media (max-width:720px){header,main,footer{padding-left:14px;padding-right:14px}header{padding-top:32px}
section{padding:18px 14px;margin:22px 0}.card{padding:18px 16px}.on-wide{display:none}.on-narrow{display:block;max-width:420px;margin:0 auto}}
@media print{body{background:#fff}section,.card{break-inside:avoid;border-color:#ccc}details{display:block}header{padding-top:0}}
`;
