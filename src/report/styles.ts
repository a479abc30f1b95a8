import { accent, faint, ink, paper, rule } from '../charts/palette.ts';
import { colourOf } from './theme.ts';

/** The style sheet of the page: calm type, one column, cards in two; a phone, a printer, a keyboard. */
export const styles = `
:root{--ink:${colourOf(ink)};--faint:${colourOf(faint)};--rule:${colourOf(rule)};--paper:${colourOf(paper)};--accent:${colourOf(accent)}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:16px}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans","Liberation Sans",sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 24px}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,.scrolls:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}
.unseen,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:16px;top:8px;padding:6px 12px;background:var(--paper)}
header{padding-top:56px}
.brand{margin:0 0 10px;color:var(--accent);font-weight:600;letter-spacing:.04em}
h1,h2,h3{text-wrap:balance;letter-spacing:-.012em}
h1{margin:0 0 14px;font-size:clamp(1.75rem,4.5vw,2.6rem);line-height:1.15}
.lead{margin:0 0 28px;max-width:40em;font-size:clamp(1.05rem,2.4vw,1.25rem);line-height:1.5;color:var(--faint)}
.lead strong{color:var(--ink);font-weight:600}
.figures{display:flex;flex-wrap:wrap;gap:14px 36px;margin:0}
.figures dt{color:var(--faint);font-size:.82rem}
.figures dd{margin:0;font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums}
.figures span{color:var(--faint);font-weight:400;font-size:1rem}
.note{max-width:60em;margin:28px 0 0;padding:14px 18px;background:var(--caution-soft);border-left:4px solid var(--caution);border-radius:0 10px 10px 0}
nav ul{display:flex;flex-wrap:wrap;gap:8px 24px;margin:28px 0 0;padding:14px 0 0;border-top:1px solid var(--rule);list-style:none;font-size:.95rem}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
section{margin:28px 0;padding:30px 28px;background:var(--paper);border:1px solid var(--rule);border-radius:16px}
#segments{padding:14px 0 0;background:none;border:0}
h2{margin:0 0 10px;font-size:1.4rem;line-height:1.25}
section>h3,.halves h3{margin:26px 0 8px;font-size:1rem}
.halves h3{margin-top:8px}
section>p{max-width:52em;text-wrap:pretty;margin:0 0 14px;color:var(--faint)}
section>p.reason{color:var(--ink);font-size:1.05rem}
section>p.hint{margin:8px 0 0;font-size:.88rem}
figure{margin:18px 0 0}
svg{display:block;width:100%;height:auto}
.on-narrow{display:none}
.badge{display:inline-grid;place-items:center;flex:none;min-width:1.75em;height:1.75em;border-radius:50%;background:var(--segment);color:var(--on-segment);font-size:.82em;font-weight:600;line-height:1;letter-spacing:0;font-variant-numeric:tabular-nums}
.cards{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:20px;margin-top:18px}
.card{display:flex;flex-direction:column;padding:26px;background:var(--paper);border:1px solid var(--rule);border-top:4px solid var(--segment);border-radius:16px}
.card:last-child:nth-child(odd){grid-column:1/-1;display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 46px}
.card h3{display:flex;align-items:flex-start;gap:10px;margin:0 0 16px;font-size:1.28rem;line-height:1.3}
.card .sentence{margin:18px 0;font-size:1.06rem}
.card .next{margin:-6px 0 18px;color:var(--faint)}
.card .next strong{color:var(--ink);font-weight:600}
.action{margin:0 0 20px;padding:14px 18px;background:var(--soft);border-radius:12px}
.action h4{margin:0 0 2px;font-size:.88rem;color:var(--accent)}
.action p{margin:0}
.action p+h4{margin-top:10px}
table{width:100%;border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{padding-bottom:2px;text-align:left;font-size:.88rem;font-weight:600}
th,td{padding:7px 14px 7px 0;text-align:left;vertical-align:top;border-top:1px solid var(--rule);font-weight:400}
thead th{border-top:0;color:var(--faint);font-size:.82rem;vertical-align:bottom}
.card td,.card thead th+th{padding:7px 0 7px 14px;text-align:right;white-space:nowrap}
.card td+td{color:var(--faint)}
.above,.below{font-weight:600}
.above::before,.below::before{content:"";display:inline-block;margin-right:7px;vertical-align:.12em;border:4px solid transparent;border-top-width:0;border-bottom:6px solid var(--faint)}
.below::before{border-top:6px solid var(--faint);border-bottom-width:0}
td small{display:block;color:var(--faint)}
.facts small{color:var(--faint)}
tr.chosen>*{font-weight:600;background:var(--soft)}
tr.chosen th{padding-left:8px}
.wide{min-width:620px}
.scrolls{overflow-x:auto;margin-top:8px}
details{margin-top:16px}
summary{width:fit-content;cursor:pointer;color:var(--accent)}
details p{margin:12px 0 0}
.more{margin:14px 0 0}
.more div+div{margin-top:10px}
.more dt,.origin dt{color:var(--faint);font-size:.86rem}
.more dd,.origin dd{margin:0}
.scale,.legend{display:flex;flex-wrap:wrap;gap:8px 20px;margin:0;padding:0;list-style:none;font-size:.9rem}
.scale li,.legend li{display:flex;align-items:center;gap:8px}
.swatch{display:grid;place-items:center;width:36px;height:22px;border-radius:5px;font-size:.75rem;font-weight:600;line-height:1}
.legend{margin-top:16px}
.legend.on-narrow{display:none}
.halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:4px 46px}
.facts{margin:0;padding-left:18px}
.hint+.facts{margin-top:16px}
.facts li+li{margin-top:4px}
.origin{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,260px),1fr));gap:14px 36px;margin:0}
.origin dd{overflow-wrap:anywhere}
code{font:.88em ui-monospace,Consolas,"DejaVu Sans Mono",monospace}
.columns{columns:3 240px;margin:8px 0 0;padding-left:18px;font-size:.9rem}
footer{padding-top:6px;padding-bottom:56px;color:var(--faint);font-size:.88rem}
@media screen and (max-width:899px){
.on-wide{display:none}
.on-narrow{display:block}
figure .on-narrow{max-width:480px;margin:0 auto}
.legend.on-narrow{display:flex}
.cards,.card:last-child:nth-child(odd){grid-template-columns:minmax(0,1fr)}
}
@media screen and (max-width:560px){
header,main,footer{padding-left:14px;padding-right:14px}
header{padding-top:32px}
section{margin:20px 0;padding:22px 15px;border-radius:14px}
.card{padding:20px 16px}
.figures{gap:12px 26px}
.scale{display:grid;grid-template-columns:repeat(2,1fr)}
.legend:not(.on-narrow),.legend.on-narrow{display:grid}
}
@media print{
body{background:#fff;font-size:10.5pt}
header,main,footer{max-width:none;padding:0}
nav,summary,.skip{display:none}
section{padding:18px 20px;margin:16px 0}
.cards{grid-template-columns:minmax(0,1fr)}
.card{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 32px;padding:18px 20px}
.card,figure,tr{break-inside:avoid}
h2,h3{break-after:avoid}
.badge,.swatch,.action,.note,.chosen>*,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details::details-content{content-visibility:visible}
}
`;
