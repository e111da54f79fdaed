/** The frame: top line, question, the strip below it, columns, foot. */
export const stylePage = `
.top{display:flex;align-items:center;gap:.625rem;max-width:72rem;margin:0 auto;padding:1rem 1.25rem .25rem;font-size:.875rem;color:var(--soft)}
.top svg{flex:none;color:var(--accent)}
.top b{flex:none;color:var(--ink);font-weight:650;letter-spacing:-.01em}
.top span{min-width:0;margin-left:auto;text-align:right}
.account{display:flex;flex-wrap:wrap;align-items:center;gap:0 1rem;max-width:72rem;margin:0 auto;padding:0 1.25rem;font-size:.875rem;color:var(--soft)}
.account>span{flex:1 1 100%;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.account wbr{display:none}
.account a{display:inline-flex;align-items:center;min-height:2.75rem}
.account button.quiet{font-size:.875rem}
main{max-width:72rem;margin:0 auto;padding:0 1.25rem 3rem}
.ask{padding:1.25rem 0 1.25rem;max-width:46rem}
.kicker{font-size:.875rem;font-weight:600;color:var(--accent);margin-bottom:.5rem}
h1 .kicker{display:block;line-height:1.5;letter-spacing:0}
h1{text-wrap:pretty;font-size:clamp(1.5rem,1.05rem + 2vw,2.375rem);line-height:1.16;font-weight:680;letter-spacing:-.022em}
.held{margin-top:.5rem;font-weight:600;font-size:1.0625rem}
.why{margin-top:.875rem;padding-left:.875rem;border-left:3px solid var(--accent);font-size:1.0625rem;line-height:1.45}
.why li+li,.why p+p{margin-top:.25rem}
.is-nothing .why{border-color:var(--shade)}
.strip{background:var(--card);border:1px solid var(--line);border-radius:14px;box-shadow:var(--lift);overflow:hidden}
.strip dl{display:grid;grid-template-columns:1fr 1fr}
.strip div{padding:.75rem 1rem .8125rem;min-width:0}
.strip div+div{border-left:1px solid var(--line)}
.strip .full{grid-column:1/-1;border-left:0;border-top:1px solid var(--line)}
.strip dt,.label{font-size:.8125rem;font-weight:400;line-height:1.35;color:var(--soft)}
.strip dd{font-weight:600;line-height:1.35;margin-top:.125rem}
.strip dd small{display:block;font-size:.8125rem;font-weight:400;color:var(--soft)}
.strip .gist{grid-column:1/-1;border-bottom:1px solid var(--line)}.strip .gist+div{border-left:0}.gist .soft{font-weight:400;color:var(--soft)}
.strip svg{display:block;width:100%;height:5px}
.line-back{fill:var(--line)}.line-gone{fill:var(--accent)}.line-mark{fill:var(--card)}
.late .line-gone{fill:var(--warn)}
.band{border:1px solid;border-radius:14px;padding:.875rem 1rem;margin-bottom:1rem}
.band h2{font-size:1rem;font-weight:650;line-height:1.35}
.band ul,.band p{margin-top:.25rem;font-size:.9375rem}
.band li+li{margin-top:.25rem}
.shade{color:var(--shade);border-color:var(--shade-line);padding-left:1.75rem;
background:repeating-linear-gradient(135deg,var(--shade) 0 4px,transparent 4px 9px) left/.75rem 100% no-repeat,var(--shade-wash)}
.is-nothing .line-gone{fill:var(--shade)}
.warn{color:var(--warn);background:var(--warn-wash);border-color:var(--warn-line)}
.calm{color:var(--ink);background:var(--card);border-color:var(--line);box-shadow:var(--lift)}
.changed{margin-top:1rem;margin-bottom:0}
.bad{color:var(--bad);background:var(--bad-wash);border-color:var(--bad-line)}
.columns{margin-top:1rem;display:grid;gap:1rem}
.matter{display:grid;gap:1rem;min-width:0;align-content:start}
.matter>*,.columns>*{min-width:0}
.jump{position:sticky;bottom:.75rem;z-index:1;display:flex;justify-content:space-between;align-items:center;gap:.75rem;min-height:3.25rem;
padding:.5rem 1.125rem;border-radius:14px;background:var(--ink);color:var(--paper);text-decoration:none;font-weight:600;
box-shadow:0 10px 30px -8px rgb(0 0 0/.45)}
.jump span{font-weight:400;font-size:.875rem;opacity:.85;text-align:right}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;padding:.75rem 1rem;background:var(--card);z-index:2}
footer{max-width:72rem;margin:0 auto;padding:0 1.25rem 2.5rem;font-size:.8125rem;color:var(--soft)}
footer p{border-top:1px solid var(--line);padding-top:1rem}
footer code{font-family:var(--mono);font-size:.75rem}
.narrow{max-width:40rem}
.different,.ask+.band{margin-bottom:1rem}
@media (min-width:40rem){.account>span{flex:1 1 0}.strip dl{grid-template-columns:1.1fr 1.1fr 1.3fr}.strip .full{grid-column:auto;border-top:0;border-left:1px solid var(--line)}
.strip .full+.full{grid-column:1/-1;border-left:0;border-top:1px solid var(--line)}
.ask{padding-top:2rem}}
@media (min-width:62rem){.answer .field{margin-top:.75rem}.answer .verbs{gap:.625rem}.answer button{min-height:2.75rem;padding-block:.4375rem}.answer button.first{min-height:3.125rem}.answer .verbs p{font-size:.8125rem}
.columns{grid-template-columns:minmax(0,1fr) 23.5rem;gap:1.5rem;align-items:start}
.jump{display:none}.answer{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto}}
@media print{.jump,.answer,.account,.editing{display:none}details::details-content{content-visibility:visible}.card{break-inside:avoid-page;box-shadow:none}}
`;
