/** Near enough to Slack's own look for a person to judge a message by it. */
export const style = `
:root{--bg:#fff;--text:#1d1c1d;--soft:#616061;--line:#dddddd;--link:#1264a3;--code:#c01343;--panel:#f8f8f8;--mention:#e8f5fa;--button:#fff;--edge:#bbb}
.dark{--bg:#1a1d21;--text:#d1d2d3;--soft:#ababad;--line:#35373b;--link:#1d9bd1;--code:#e8912d;--panel:#222529;--mention:#1d3a48;--button:#1a1d21;--edge:#565856}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.46668 Lato,"Open Sans","Helvetica Neue",Arial,sans-serif;-webkit-font-smoothing:antialiased}
main{padding:12px 20px 20px;overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}
hr{border:0;border-top:1px solid var(--line);margin:8px 0}
h3{font-size:18px;line-height:1.3;margin:10px 0 4px}
p{margin:0 0 8px}p:last-child{margin:0}
ul,ol{margin:2px 0;padding-left:26px}.markdown ul,.markdown ol{margin:0 0 8px}.markdown li>ul,.markdown ul>ul{margin:0}.markdown>:last-child{margin-bottom:0}li{margin:1px 0}
code{font:12px/1.5 "DejaVu Sans Mono",Menlo,Consolas,monospace;color:var(--code);background:var(--panel);border:1px solid var(--line);border-radius:3px;padding:1px 3px}
pre{font:12px/1.5 "DejaVu Sans Mono",Menlo,Consolas,monospace;background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:8px;margin:4px 0;white-space:pre-wrap}
blockquote{margin:4px 0;padding-left:12px;border-left:4px solid var(--line)}
.emoji{width:1.25em;height:1.25em;vertical-align:-.27em}
.emoji-name,.mention.loud{background:#ffe58a;color:#1d1c1d;border-radius:3px;padding:0 2px}
.mention{background:var(--mention);color:var(--link);border-radius:3px;padding:0 2px}
.message{display:flex;gap:8px;padding:8px 0}
.message>.avatar{flex:0 0 36px;height:36px;border-radius:8px;background:#e7e1f3;color:#4a154b;font-weight:700;text-align:center;line-height:36px;overflow:hidden}
.message>.avatar.app{background:#173f5f;color:#fff}
.message>.body{flex:1;min-width:0;max-width:664px}
.who{line-height:1.3}.who b{font-weight:900}.who .app{font-size:10px;font-weight:700;background:var(--line);color:var(--soft);border-radius:2px;padding:1px 3px;vertical-align:1px}
.who .at,.hint,.only{color:var(--soft);font-size:12px}
.only{margin-bottom:2px}
.edited{color:var(--soft);font-size:12px}
.replies{margin:4px 0 0 44px;border-left:2px solid var(--line);padding-left:12px}
.block{margin:0 0 8px}.block:last-child{margin-bottom:0}
.block.header{font-size:18px;font-weight:900;line-height:1.33334;margin-top:10px}
.beside{display:flex;gap:12px}.beside>.said{flex:1;min-width:0}
.said:empty{display:none}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px;margin-top:2px}
.context{color:var(--soft);font-size:13px;line-height:1.38463;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center}
.actions,.row{display:flex;flex-wrap:wrap;gap:8px}
.row{margin-top:10px}
.button{display:inline-block;border:1px solid var(--edge);background:var(--button);border-radius:8px;padding:3px 12px;font-size:14px;font-weight:700;white-space:nowrap;align-self:flex-start;max-width:100%;overflow:hidden;text-overflow:ellipsis}.beside>.button{max-width:45%}
.button.primary{background:#007a5a;border-color:#007a5a;color:#fff}
.button.danger{background:#e01e5a;border-color:#e01e5a;color:#fff}
.button.dots{padding:3px 9px}
.thumbs span{display:inline-block;border-radius:6px;padding:2px 6px;margin-right:2px;border:1px solid var(--line)}
.title{color:var(--soft);font-size:13px;margin-bottom:4px}
.plan>.title,.label{color:var(--text);font-weight:700;font-size:15px}
img.picture{display:block;max-width:100%;max-height:360px;border:1px solid var(--line);border-radius:8px}
img.accessory{width:88px;height:88px;object-fit:cover;border-radius:8px}
img.tiny{width:20px;height:20px;border-radius:3px}
img.hero{width:100%;border-radius:6px}
.no-picture{border:1px dashed var(--edge);border-radius:8px;color:var(--soft);padding:14px;font-size:13px}
.frame{border:1px solid var(--line);border-radius:12px;padding:12px 14px;max-width:520px}
.container>.frame{max-width:none}
.card-title{font-weight:900}.card-subtitle{color:var(--soft);font-size:13px}.card-body{margin-top:4px}
.container .frame .block:nth-of-type(2){margin-top:8px}
.chevron{display:inline-block;width:6px;height:6px;border:solid currentColor;border-width:0 2px 2px 0;transform:rotate(-45deg);margin:0 6px 2px 1px}.chevron.open{transform:rotate(45deg)}.title .chevron{margin:0 0 3px 3px;width:5px;height:5px}
.carousel{display:flex;gap:10px;overflow-x:auto;padding-bottom:4px}.carousel>.frame{flex:0 0 260px}
.table{border:1px solid var(--line);border-radius:10px;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px;overflow-wrap:normal}
caption{text-align:left;font-weight:700;padding:8px 12px;border-bottom:1px solid var(--line)}
th,td{padding:6px 12px;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:top}
th{background:var(--panel);font-weight:700}
tbody tr:last-child td{border-bottom:0}
td{max-width:300px;white-space:normal}td:first-child{min-width:130px}td.short{white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.number{white-space:normal}
.pager{border-top:1px solid var(--line);padding:6px 12px;color:var(--soft);font-size:12px;text-align:right}
.task{display:flex;gap:8px;padding:2px 0;font-size:14px}
.task .mark{flex:0 0 16px;height:16px;margin-top:3px;border-radius:50%;border:2px solid var(--edge)}
.task.done .mark{background:#007a5a;border-color:#007a5a;position:relative}
.task.done .mark::after{content:"";position:absolute;left:3.5px;top:.5px;width:3px;height:7px;border:solid #fff;border-width:0 2px 2px 0;transform:rotate(45deg)}
.task.going .mark{border-color:var(--link);border-right-color:transparent}
.task.failed .mark{background:#e01e5a;border-color:#e01e5a}
.alert>div{border:1px solid var(--line);border-left:4px solid var(--soft);border-radius:8px;padding:8px 12px}
.alert>.warning{border-left-color:#ecb22e}.alert>.error{border-left-color:#e01e5a}.alert>.success{border-left-color:#2eb67d}.alert>.info{border-left-color:#36c5f0}
.field{border:1px solid var(--edge);border-radius:6px;padding:7px 12px;margin-top:4px;min-height:36px}
.field.area{min-height:84px}
.field.select{display:inline-block;min-width:160px}
.choice{display:flex;gap:8px;margin-top:6px}
.radio,.check{flex:0 0 16px;height:16px;margin-top:3px;border:1.5px solid var(--edge)}.radio{border-radius:50%}.check{border-radius:3px}
.radio.on{border:5px solid var(--link)}.check.on{background:var(--link)}
.home{border:1px solid var(--line);border-radius:10px;overflow:hidden}
.home>.bar{display:flex;gap:18px;align-items:center;padding:10px 16px 0;border-bottom:1px solid var(--line);font-size:13px;color:var(--soft)}
.home>.bar b{font-size:18px;color:var(--text);margin-right:6px;padding-bottom:8px}
.home>.bar span{padding-bottom:8px}.home>.bar .on{color:var(--text);font-weight:700;border-bottom:2px solid var(--text)}
.home>.inside{padding:14px 16px}
.modal{max-width:520px;margin:8px auto;border:1px solid var(--line);border-radius:10px;box-shadow:0 12px 40px rgba(0,0,0,.22);overflow:hidden}
.modal>.bar{display:flex;justify-content:space-between;align-items:center;padding:14px 22px;font-weight:900;font-size:20px}
.modal>.bar span{color:var(--soft);font-weight:400}
.modal>.inside{padding:2px 22px 18px}
.modal>.foot{display:flex;justify-content:flex-end;gap:10px;padding:14px 22px;border-top:1px solid var(--line)}
.unknown{color:#e01e5a}
@media(max-width:480px){main{padding:8px 12px 16px}.fields{grid-template-columns:1fr}.block.header{font-size:17px}.message>.avatar{flex-basis:32px;height:32px;line-height:32px}}
`;
